"""The profile: edited by the firm's own people, saved whole or not at all."""

import pytest

from policyguide.firms.models import Firm

PATH = "/firms/hale-marsh/profile/"


def form(*offices, uses=("posts",), headcount="12"):
    """What a browser sends: offices as (city, country) rows."""
    data = {
        "uses": list(uses),
        "headcount": headcount,
        "offices-TOTAL_FORMS": str(len(offices)),
        "offices-INITIAL_FORMS": "0",
    }
    for row, (city, country) in enumerate(offices):
        data[f"offices-{row}-city"] = city
        data[f"offices-{row}-country"] = country
    return data


def saved(firm):
    firm = Firm.objects.get(pk=firm.pk)
    return (
        [(office.city, office.country.code) for office in firm.offices.all()],
        firm.uses,
        firm.headcount,
        firm.profile_version,
    )


def test_a_profile_is_replaced_as_a_whole(partner, client_of, hale_marsh):
    version = saved(hale_marsh)[-1]

    answer = client_of(partner).post(
        PATH, form(("Leeds", "GB"), ("", ""), ("Oslo", "NO"), uses=["ads", "posts"])
    )

    assert answer.status_code == 302
    assert saved(hale_marsh) == (
        [("Leeds", "GB"), ("Oslo", "NO")],
        ["ads", "posts"],
        12,
        version + 1,
    )


def test_a_firm_may_have_no_office_no_use_and_no_headcount(
    partner, client_of, hale_marsh
):
    client_of(partner).post(PATH, form(uses=[], headcount=""))

    assert saved(hale_marsh)[:3] == ([], [], None)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (form(("Leeds", "")), "Choose the country of this office."),
        (form(("", "GB")), "Name the city of this office, or clear the row."),
        (
            form(("Leeds", "GB"), ("Leeds", "GB")),
            "Leeds is listed twice; keep one row.",
        ),
        (form(("Leeds\u2028", "GB"), ("Le\x07eds", "GB")), "control characters"),
        (form(("Leeds", "XX")), "XX is not one of the available choices"),
        (form(("Leeds", "GB"), uses=["shouting"]), "shouting is not one of the"),
        (form(("Leeds", "GB"), headcount="-1"), "greater than or equal to 0"),
        (form(("Leeds", "GB"), headcount="many"), "Enter a whole number."),
        (form(("L" * 121, "GB")), "at most 120 characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_saved(
    partner, client_of, hale_marsh, data, sentence
):
    before = saved(hale_marsh)

    answer = client_of(partner).post(PATH, data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert saved(hale_marsh) == before
    for name in ("offices-0-city", "headcount"):
        typed = data.get(name, "")
        assert f'value="{typed}"' in page or not typed or not typed.isprintable()


def test_a_firm_id_in_the_form_changes_no_other_firm(
    partner, client_of, hale_marsh, brandt_keller
):
    before = saved(brandt_keller)

    client_of(partner).post(
        PATH, form(("Leeds", "GB")) | {"firm": brandt_keller.pk, "id": brandt_keller.pk}
    )

    assert saved(brandt_keller) == before


def test_many_offices_and_names_in_any_script_are_kept(partner, client_of, hale_marsh):
    offices = [(f"שלום 東京 {n}", "JP") for n in range(40)]

    client_of(partner).post(PATH, form(*offices))

    assert saved(hale_marsh)[0] == offices
    page = client_of(partner).get("/firms/hale-marsh/").content.decode()
    assert "שלום 東京 39" in page
