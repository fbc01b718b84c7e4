//! The members of a catalog that are read; any other is passed over.

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
pub(super) struct File {
    pub catalog: Catalog,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Catalog {
    pub uuid: Option<String>,
    #[serde(default)]
    pub metadata: Metadata,
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub controls: Vec<Control>,
    pub back_matter: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default)]
    pub title: String,
    pub version: Option<String>,
    #[serde(default)]
    pub props: Vec<Prop>,
}

#[derive(Deserialize)]
pub(super) struct Group {
    pub id: Option<String>,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub params: Vec<Param>,
    #[serde(default)]
    pub parts: Vec<Part>,
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub controls: Vec<Control>,
}

#[derive(Deserialize)]
pub(super) struct Control {
    pub id: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub params: Vec<Param>,
    #[serde(default)]
    pub props: Vec<Prop>,
    #[serde(default)]
    pub links: Vec<IgnoredAny>,
    #[serde(default)]
    pub parts: Vec<Part>,
    #[serde(default)]
    pub controls: Vec<Control>,
}

#[derive(Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    pub name: String,
    pub title: Option<String>,
    pub prose: Option<String>,
    #[serde(default)]
    pub props: Vec<Prop>,
    #[serde(default)]
    pub parts: Vec<Part>,
}

#[derive(Deserialize)]
pub(super) struct Param {
    pub id: String,
    pub label: Option<String>,
    pub select: Option<Select>,
    #[serde(default)]
    pub values: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Select {
    #[serde(default)]
    pub choice: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Prop {
    pub name: String,
    #[serde(default)]
    pub value: String,
    pub class: Option<String>,
}

impl Control {
    pub(super) fn withdrawn(&self) -> bool {
        self.props.iter().any(|prop| prop.name == "status" && prop.value.eq_ignore_ascii_case("withdrawn"))
    }

    /// The label people know it by: one without a class before one for a certain use.
    pub(super) fn label(&self) -> Option<&str> {
        let labels = || self.props.iter().filter(|prop| prop.name == "label");
        labels().find(|prop| prop.class.is_none()).or_else(|| labels().next()).map(|prop| prop.value.as_str())
    }
}
