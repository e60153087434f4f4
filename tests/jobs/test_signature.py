"""The signature picture: two losses, never added; tiers; payments; limits."""

from xml.etree import ElementTree as ET

import pytest
from tests.jobs.sample import STEPS, exposure

from guanzi.jobs.appraisal.documents.signature import frame_of, signature_picture, unbound_until
from guanzi.render.theme import LIGHT

EXPOSURE = exposure()


@pytest.fixture(scope="module")
def words():
    return " ".join(ET.fromstring(signature_picture(EXPOSURE, "en").wide).itertext())


def test_both_losses_are_named_and_neither_is_their_sum(words):
    assert "Loss on failure" in words
    assert "Loss if it leaves or gives up" in words
    assert "Total" not in words


def test_a_limit_far_above_the_losses_is_named_and_does_not_flatten_them(words):
    assert "↑ Budget revenue 2019: 74.6 bn yuan, beyond this scale" in words
    assert "20" not in [w for w in words.split() if w.isdigit()]


def test_every_tier_is_named_with_its_share(words):
    assert "Plant of 2016 — in force at" in words
    assert "62 %" in words.replace("\xa0", " ")


def test_money_paid_before_new_binding_is_shaded(words):
    picture = signature_picture(EXPOSURE, "en")
    assert "Shaded: due before any new commitment is in force" in words
    assert f'fill="{LIGHT.paid}"' in picture.wide
    tied = tuple(p.model_copy(update={"new_tiers": ("park",)}) for p in EXPOSURE.payments)
    bound = signature_picture(EXPOSURE.model_copy(update={"payments": tied}), "en")
    assert f'fill="{LIGHT.paid}"' not in bound.wide


def test_shading_ends_when_a_new_tier_holds_in_half_of_the_paths():
    end = unbound_until(EXPOSURE)
    park = EXPOSURE.tiers[2]
    assert park.share[STEPS.index(end)] >= 0.5 > park.share[STEPS.index(end) - 1]


def test_baseline_tiers_do_not_end_the_shading():
    old = EXPOSURE.model_copy(update={"tiers": EXPOSURE.tiers[:2]})
    assert unbound_until(old) == STEPS[-1]


def test_the_alternative_text_says_what_the_picture_says():
    text = signature_picture(EXPOSURE, "en").alternative
    assert "never added" in text
    assert "Loss on failure peaks at" in text


def test_gains_are_told_in_words_and_leave_the_axis_to_the_losses():
    gain = EXPOSURE.departure.model_copy(update={"p5": tuple(-40_000.0 for _ in STEPS)})
    gained = EXPOSURE.model_copy(update={"departure": gain})
    assert frame_of(gained).deepest == -40_000
    assert frame_of(gained).high == frame_of(EXPOSURE).high
    assert "Below zero, not drawn: gains up to 40" in " ".join(
        ET.fromstring(signature_picture(gained, "en").wide).itertext()
    )


def test_a_loss_is_drawn_above_zero_and_money_paid_is_a_panel_of_its_own(words):
    assert "−" not in words
    assert "Payments planned by the public side" in words
    total = sum(p.amount for p in EXPOSURE.payments)
    assert f"{total / 1000:.1f} bn yuan in all" in words.replace("\xa0", " ")
    unpaid = signature_picture(EXPOSURE.model_copy(update={"payments": ()}), "en")
    assert "Payments planned" not in " ".join(ET.fromstring(unpaid.wide).itertext())


def test_losses_are_always_whole_on_the_axis():
    frame = frame_of(EXPOSURE)
    assert frame.high * frame.scale.divisor >= max(*EXPOSURE.failure.p95, *EXPOSURE.departure.p95) * 0.99


def test_the_small_picture_shows_what_is_new():
    text = " ".join(ET.fromstring(signature_picture(EXPOSURE, "en", "small").wide).itertext())
    assert "Smart electric vehicle park" in text
    assert "Plant of 2016" not in text
