"""The units in which facts state amounts and prices; in other currencies they are stated by the same forms."""

_CURRENCIES = ("CNY", "USD", "EUR", "GBP")
MONEY = tuple(f"{currency} m" for currency in _CURRENCIES)
PRICE = _CURRENCIES
PER_KWH = tuple(f"{currency} per kWh" for currency in _CURRENCIES)
