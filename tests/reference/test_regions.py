import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reference.jurisdictions import Jurisdictions
from matcher.reference.regions import RegionLevel, Regions
from matcher.resources import bundled

_LOADED = Regions.load(bundled("reference"))


@pytest.fixture
def regions() -> Regions:
    return _LOADED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("吉林市", "2202"),
        ("吉林省吉林市", "2202"),
        ("吉林", "22"),
        ("吉林省", "22"),
        ("吉林长春", "2201"),
        ("吉林 船营区", "220204"),
        ("白城", "2208"),
        ("延边", "2224"),
        ("延边州", "2224"),
        ("延边朝鲜族自治州", "2224"),
        ("吉林省延边州敦化市渤海街", "222403"),
        ("梅河口", "220581"),
        ("公主岭市", "220184"),
        ("通化", "2205"),
        ("通化县", "220521"),
        ("长白", "220623"),
        ("前郭", "220721"),
        ("前郭县", "220721"),
        ("西安", "6101"),
        ("西安区", "220403"),
        ("朝阳区", "220104"),
        ("朝阳市", "2113"),
        ("北京市朝阳区", "11"),
        ("北京", "11"),
        ("内蒙古呼和浩特", "1501"),
        ("海南", "46"),
        ("香港", "81"),
        ("２２０５８１", "220581"),
        ("220581 梅河口市", "220581"),
        ("220000", "22"),
        ("220200", "2202"),
        ("2224", "2224"),
        ("110108", "11"),
        ("210102", "2101"),
    ],
)
def test_places_as_people_write_them(regions: Regions, text: str, code: str) -> None:
    found = regions.find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "无", "市辖区", "220999", "999999", "223", "某地"])
def test_what_is_no_place_is_not_guessed(regions: Regions, text: str) -> None:
    assert regions.find(text) is None


@pytest.mark.parametrize("text", ["长白山", "长白山管委会", "吉林省长白山保护开发区"])
def test_changbaishan_has_no_code_but_a_province(regions: Regions, text: str) -> None:
    found = regions.find(text)
    assert found is not None
    assert (found.code, found.full_code, found.level) == ("", "", RegionLevel.JURISDICTION)
    assert regions.province(found) == regions.get("22")
    assert found.within("220000")


def test_levels_above(regions: Regions) -> None:
    county = regions.get("222403")
    assert county is not None
    assert county.level is RegionLevel.COUNTY
    assert regions.prefecture(county) == regions.find("延边")
    assert regions.province(county) == regions.find("吉林省")
    assert [county.within(code) for code in ("2224", "220000", "2202")] == [True, True, False]


def test_counties_of_a_prefecture(regions: Regions) -> None:
    names = [region.name for region in regions.children("2208")]
    assert names == ["洮北区", "镇赉县", "通榆县", "洮南市", "大安市"]


@pytest.mark.parametrize(
    ("place", "office"),
    [
        ("梅河口市", "梅河口市"),
        ("220184", "公主岭市"),
        ("集安", "通化市"),
        ("长白山管委会", "长白山保护开发区管理委员会"),
        ("敦化", "延边朝鲜族自治州"),
        ("吉林省", ""),
        ("沈阳", ""),
    ],
)
def test_office_that_is_addressed(regions: Regions, place: str, office: str) -> None:
    assert Jurisdictions.load(bundled("reference"), regions).find(place) == office


@given(st.text(max_size=30))
def test_any_text_is_answered_with_a_known_region_or_none(text: str) -> None:
    found = _LOADED.find(text)
    assert found is None or _LOADED.province(found) is not None
