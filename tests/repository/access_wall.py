"""The doors of the wall and of the session: a screen's token opens the wall, whoever is logged in does not."""

from tests.repository.access import EVERYONE, PEOPLE, Door, only

CITY_MANAGER = frozenset({"manager-city"})

WALL_DOORS: tuple[Door, ...] = (
    Door("GET", "accounts:session", 200, PEOPLE, outside=401, other_key=401),
    Door("POST", "accounts:session", 200, PEOPLE, outside=401, other_key=401),
    Door("GET", "accounts:walls", 200, CITY_MANAGER),
    only("POST", "accounts:walls"),
    Door("GET", "accounts:new_wall", 200, CITY_MANAGER),
    Door("POST", "accounts:new_wall", 422, CITY_MANAGER),
    Door("GET", "accounts:revoke_wall", 200, CITY_MANAGER),
    Door("POST", "accounts:revoke_wall", 422, CITY_MANAGER),
    # Nobody here brings a token.
    Door("GET", "response:wall", 403, EVERYONE),
    Door("POST", "response:wall", 422, EVERYONE),
    Door("GET", "response:wall_part", 403, EVERYONE),
    only("POST", "response:wall_part"),
)
