import type { Feature, Props } from "./plausible";

const PREFIX = "event-";

/** Properties of every event, from attributes such as `event-author="Ada"` of the script's element. */
const pageviewProps: Feature = (_track, config, script) => {
  config.properties = () => {
    const props: Props = {};
    for (const { name, value } of script.attributes) {
      if (name.startsWith(PREFIX)) props[name.slice(PREFIX.length)] = value;
    }
    return props;
  };
};

export default pageviewProps;
