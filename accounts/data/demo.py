"""The accounts of the tour, for the embedded database only: no person, only the desks that act in the story."""

from accounts.data.jurisdictions import COUNTIES

# Username, name shown, organisations in which the account holds an office.
DEMO_PEOPLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    *((county.slug, f"{county.name}值班员", (f"{county.code}-regulator",)) for county in COUNTIES),
    ("yinzhou-fso", "鄞州区食药安办值班员", ("330212-fso",)),
    ("yinzhou-gov", "鄞州区政府值班员", ("330212-gov",)),
    ("yinzhou-commission", "鄞州区食药安委值班员", ("330212-commission",)),
    ("yinzhou-leader", "鄞州区政府分管领导", ("330212-gov", "330212-commission")),
    ("yinzhou-health", "鄞州区卫生健康局值班员", ("330212-health",)),
    ("city-fso", "市食药安办值班员", ("city-fso",)),
    ("city-duty", "市委市政府值班室值班员", ("city-duty",)),
    ("city-gov", "市政府值班员", ("city-gov",)),
    ("city-commission", "市食药安委值班员", ("city-commission",)),
    ("city-leader", "市政府分管领导", ("city-gov", "city-commission")),
    ("city-health", "市卫生健康委值班员", ("city-health",)),
    ("city-insurance", "宁波金融监管局值班员", ("city-insurance",)),
    ("city-regulator", "市市场监管局值班员", ("city-regulator", "city-fso")),
)

# Who takes turns with the desks at night and stands by for them: one for each county, one for the city.
NIGHT_BODIES = ("gov", "fso", "regulator", "health")
DEMO_NIGHT_PEOPLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    *(
        (
            f"{county.slug}-night",
            f"{county.name}夜班值班员",
            tuple(f"{county.code}-{body}" for body in NIGHT_BODIES),
        )
        for county in COUNTIES
    ),
    ("city-night", "市级夜班值班员", ("city-duty", "city-fso", "city-health", "city-regulator")),
)

# Offices of the demo accounts that may manage people and keys.
DEMO_MANAGERS = frozenset({("city-fso", "city-fso"), ("yinzhou-fso", "330212-fso")})

DEMO_HOSPITALS = ("hosp-yinzhou-people", "hosp-lihuili", "hosp-first")
