// What every page runs. Each module waits for its own marks in the page, so a page pays only for what it shows.
import "htmx.org";
import { watchCharts } from "./chart";
import { watchCopyButtons } from "./copy";
import { tellHeight } from "./embed";
import { watchFilterForm } from "./filters";
import { watchLists } from "./lists";
import { watchCurrentVisitors } from "./live";
import { watchMaps } from "./map";
import { watchMenus } from "./menus";
import { watchNavigation } from "./navigation";
import { watchPasskeyForms } from "./passkeys";
import { watchShortcuts } from "./shortcuts";
import { watchThemeToggle } from "./theme";
import { preferBrowserTimezone } from "./timezone";

watchThemeToggle();
watchMenus();
watchCopyButtons();
watchNavigation();
watchShortcuts();
watchCurrentVisitors();
watchFilterForm();
watchMaps();
watchCharts();
preferBrowserTimezone();
watchLists();
watchPasskeyForms();
tellHeight();
