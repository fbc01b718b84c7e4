//! The words of a register on a page: labels of its fields, values as people read them.
//!
//! The rule that matters: a label key comes from the definition, never from a page; a figure is written with its separators on
//! pages and plainly in forms and files.

use crate::{
    error::FieldProblem,
    i18n::{self, Lang, format, t, ta},
    register::{ChildDef, FieldDef, FieldKind, RegisterDef, Value},
};

/// The words of one register in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub lang: Lang,
    pub def: &'static RegisterDef,
}

/// Whose field it is: the record's own, or that of a kind of child row.
pub(super) type Owner = Option<&'static ChildDef>;

impl Words {
    /// A word of the engine.
    pub fn t(&self, key: &str) -> String {
        t(self.lang, key)
    }

    /// The register's name.
    pub fn title(&self) -> String {
        self.t(&format!("register-{}", self.def.key.replace('_', "-")))
    }

    /// What the register is for.
    pub fn about(&self) -> String {
        self.t(&format!("register-{}-about", self.def.key.replace('_', "-")))
    }

    fn key(&self, owner: Owner, field: &str) -> String {
        owner.map_or_else(|| self.def.label(field), |child| self.def.child_label(child, field))
    }

    /// A field's name.
    pub fn field(&self, owner: Owner, field: &FieldDef) -> String {
        self.t(&self.key(owner, field.name))
    }

    /// The unit of measurement; money is in yuan.
    pub fn measure(&self, field: &FieldDef) -> String {
        match (field.unit, field.kind) {
            (Some(unit), _) => unit.to_owned(),
            (None, FieldKind::Money) => self.t("register-yuan"),
            _ => String::new(),
        }
    }

    /// A field's name with its unit: `建筑面积（m²）`.
    pub fn field_with_measure(&self, field: &FieldDef) -> String {
        let measure = self.measure(field);
        let name = self.field(None, field);
        if measure.is_empty() {
            return name;
        }
        ta(self.lang, "register-with-measure", &[("name", name.into()), ("unit", measure.into())])
    }

    /// A kind of child row.
    pub fn child(&self, child: &ChildDef) -> String {
        self.t(&self.def.label(child.name))
    }

    /// One code of a choice.
    pub fn choice(&self, owner: Owner, field: &FieldDef, code: &str) -> String {
        let key = format!("{}-{}", self.key(owner, field.name), code.replace('_', "-"));
        // A code that an older version knew still has to be shown.
        if i18n::has(self.lang, &key) { self.t(&key) } else { code.to_owned() }
    }

    /// A kind of attachment.
    pub fn attachment(&self, kind: &str) -> String {
        let key = format!("{}-attachment-{}", self.def.key.replace('_', "-"), kind.replace('_', "-"));
        if i18n::has(self.lang, &key) { self.t(&key) } else { kind.to_owned() }
    }

    /// 是 or 否.
    pub fn yes_no(&self, yes: bool) -> String {
        self.t(if yes { "register-yes" } else { "register-no" })
    }

    /// A value as a page writes it; empty where nothing is known.
    pub fn value(&self, owner: Owner, field: &FieldDef, value: &Value) -> String {
        match (field.kind, value) {
            (FieldKind::Choice(_), Value::Text(code)) => self.choice(owner, field, code),
            (kind, Value::Int(n)) => figure(kind, *n),
            (_, Value::Bool(yes)) => self.yes_no(*yes),
            (kind, value) => kind.text(value),
        }
    }

    /// The same with an em dash where nothing is known.
    pub fn shown(&self, owner: Owner, field: &FieldDef, value: &Value) -> String {
        let text = self.value(owner, field, value);
        if text.is_empty() { format::DASH.to_owned() } else { text }
    }

    /// A value as files carry it: a choice by its label, figures plain.
    pub fn plain(&self, field: &FieldDef, value: &Value) -> String {
        match (field.kind, value) {
            (FieldKind::Choice(_), Value::Text(code)) => self.choice(None, field, code),
            (_, Value::Bool(yes)) => self.yes_no(*yes),
            (kind, value) => kind.text(value),
        }
    }

    /// The name of whatever a problem or a change names: `floor_area`, `unit`, `rooms[0].floor_area`.
    pub fn path(&self, path: &str) -> String {
        if let Some((_, field)) = self.def.field(path) {
            return self.field(None, field);
        }
        let (child, rest) = path.split_once('[').unwrap_or((path, ""));
        let Some(child) = self.def.children.iter().find(|c| c.name == child) else {
            let key = format!("register-field-{path}");
            return if i18n::has(self.lang, &key) { self.t(&key) } else { path.to_owned() };
        };
        let name = self.child(child);
        let Some((row, field)) = rest.split_once("].") else { return name };
        let field =
            child.fields.iter().find(|f| f.name == field).map_or_else(String::new, |f| self.field(Some(child), f));
        let row = row.parse::<i64>().map_or(0, |n| n + 1);
        ta(self.lang, "register-row-field", &[("rows", name.into()), ("n", row.into()), ("field", field.into())])
    }

    /// Problems as the summary over a form lists them: control, `field: what is wrong`.
    pub fn summary(&self, problems: &[FieldProblem]) -> Vec<(String, String)> {
        problems.iter().map(|p| (p.field.clone(), self.problem(p))).collect()
    }

    /// One problem with the name of its field.
    pub fn problem(&self, problem: &FieldProblem) -> String {
        let message = i18n::message(self.lang, &problem.message);
        ta(self.lang, "register-problem", &[("field", self.path(&problem.field).into()), ("problem", message.into())])
    }
}

/// What is wrong with one control, in words.
pub(super) fn wrong(lang: Lang, problems: &[FieldProblem], path: &str) -> Option<String> {
    problems.iter().find(|p| p.field == path).map(|p| i18n::message(lang, &p.message))
}

/// A figure with its separators; a decimal without trailing zeros.
pub(super) fn figure(kind: FieldKind, n: i64) -> String {
    let text = format::decimal(n, u32::from(kind.decimals()));
    match kind {
        FieldKind::Decimal(1..) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        _ => text,
    }
}
