//! Entry of the script on every page. Each island is small, reads data- attributes, and the page works without it.
import "./htmx";
import "./ui";
import "./list";
import "./rows";
import "./draft";
import "./editor";
import "./progress";
import "./toast";
