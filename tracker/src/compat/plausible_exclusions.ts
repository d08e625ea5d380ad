import type { Feature } from "./plausible";

/** Views left out by path: `data-include` and `data-exclude` list patterns; `*` stays within a folder, `**` does not. */
const exclusions: Feature = (_track, config, script) => {
  config.isExcluded = () => {
    const path = config.hash ? location.pathname + location.hash : location.pathname;
    const includes = script.getAttribute("data-include");
    const excludes = script.getAttribute("data-exclude");
    return Boolean((includes && !matches(includes, path)) || (excludes && matches(excludes, path)));
  };
};

function matches(patterns: string, path: string): boolean {
  return patterns.split(",").some((pattern) => expressionOf(pattern.trim()).test(path));
}

function expressionOf(pattern: string): RegExp {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replace(/\*+/g, (stars) => (stars.length > 1 ? ".*" : "[^/]*"))}/?$`);
}

export default exclusions;
