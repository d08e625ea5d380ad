// What every page runs. Each module waits for its own marks in the page, so a page pays only for what it shows.
import "htmx.org";
import { watchCopyButtons } from "./copy";
import { watchMenus } from "./menus";
import { watchThemeToggle } from "./theme";
import { preferBrowserTimezone } from "./timezone";

watchThemeToggle();
watchMenus();
watchCopyButtons();
preferBrowserTimezone();
