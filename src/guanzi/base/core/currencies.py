"""The codes of currencies, ISO 4217."""

from __future__ import annotations

from functools import lru_cache

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF
XCD XOF XPF YER ZAR ZMW ZWL
"""
#: Currencies in use, and those that facts of the last decades are stated in; funds and metals are not among them.
CURRENCIES = frozenset(_CODES.split())


@lru_cache(4096)
def rate_between(name: str) -> tuple[str, str] | None:
    """The two currencies of the name of a rate: how much of the second one unit of the first buys; None for others.

    >>> rate_between("usd_cny"), rate_between("gross_margin"), rate_between("cny_cny")
    (('USD', 'CNY'), None, None)
    """
    first, _, second = name.partition("_")
    if first.islower() and second.islower() and first != second and {first.upper(), second.upper()} <= CURRENCIES:
        return first.upper(), second.upper()
    return None
