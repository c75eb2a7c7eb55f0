"""How a storyline's YAML is read."""

from typing import Any

import yaml

from response.replay.scope import Moment


class Loader(yaml.SafeLoader):
    """YAML whose times stay text, read by the calendar, and whose keys may not come twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _value in node.value]
        for index, (key, written) in enumerate(zip(keys, node.value, strict=True)):
            if key in keys[:index]:
                raise yaml.YAMLError(f"{key}: comes twice (line {written[0].start_mark.line + 1})")
        return super().construct_mapping(node, deep=deep)


TIMESTAMP = "tag:yaml.org,2002:timestamp"
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_constructor("!time", lambda _loader, node: Moment(str(node.value)))
