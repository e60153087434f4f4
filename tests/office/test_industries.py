"""An industry is shown in words, also that of a case which was opened from a chain."""

import re

from guanzi.intake.chains import chain_names, link_names, load_chain
from guanzi.office.pages.rendering import industry_name


def test_every_link_of_a_chain_has_a_name_in_both_languages_as_the_industry_of_a_case():
    named = {id: part.name for chain in chain_names() for id, part in load_chain(chain).components.items()}
    for id, name in link_names().items():
        assert named[id] == name, "no id has one name in one chain and another in the next"
        assert re.search("[一-鿿]", industry_name(id, "zh")) or industry_name(id, "zh") == name.localised("zh"), id
    assert industry_name("model", "zh") == "大模型"
    assert industry_name("riverton-gadgets", "en") == "riverton gadgets"
