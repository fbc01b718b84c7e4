//! The parts of a control as words, evidence and checklist, with parameters written in.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::shape::{Control, Param, Part};
use crate::pack::import::{DraftCheck, Left};

/// A choice may name a parameter whose choices name another; this deep and no deeper.
const MAX_DEPTH: usize = 3;
/// What is written for one parameter ends after this many bytes.
const MAX_SHOWN: usize = 2_000;

/// The parameters in reach of a control: its own and those of what it stands in.
#[derive(Clone)]
pub(super) struct Params<'c> {
    known: Rc<BTreeMap<&'c str, &'c Param>>,
    /// Bytes that parameters may still add to the words of the whole catalog, so that a small file stays small.
    growth: Rc<Cell<usize>>,
}

impl<'c> Params<'c> {
    /// None yet; all that are added may together write `growth` bytes.
    pub(super) fn new(growth: usize) -> Params<'c> {
        Params { known: Rc::default(), growth: Rc::new(Cell::new(growth)) }
    }

    /// These and further ones.
    pub(super) fn with(&self, more: &'c [Param]) -> Params<'c> {
        if more.is_empty() {
            return self.clone();
        }
        let mut known = (*self.known).clone();
        known.extend(more.iter().map(|param| (param.id.as_str(), param)));
        Params { known: Rc::new(known), growth: self.growth.clone() }
    }

    /// Words with `{{ insert: param, id }}` replaced by `[label]`, `[value]` or `[one / other]`.
    fn written(&self, words: &str, depth: usize) -> String {
        let mut out = String::new();
        let mut rest = words;
        while let Some((before, after)) = rest.split_once("{{") {
            out.push_str(before);
            let Some((inside, after)) = after.split_once("}}") else {
                out.push_str("{{");
                rest = after;
                continue;
            };
            rest = after;
            // Older catalogs write `{{ id }}`, newer ones `{{ insert: param, id }}`.
            let id = inside.rsplit(',').next().unwrap_or(inside).trim();
            // Nothing is worked out any more once the allowance is used up: the work is bounded with the words.
            let free = self.growth.get();
            let param = self.known.get(id).filter(|_| depth < MAX_DEPTH && free > 0);
            let shown = param.map(|param| self.shown(param, depth + 1));
            self.growth.set(self.growth.get().saturating_sub(shown.as_ref().map_or(0, String::len)));
            let shown = shown.filter(|shown| shown.len() <= free);
            out.push_str(&format!("[{}]", shown.as_deref().unwrap_or(id)));
        }
        out.push_str(rest);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn shown(&self, param: &Param, depth: usize) -> String {
        let choices = param.select.as_ref().map(|select| &select.choice[..]).unwrap_or_default();
        let (items, between) = if param.values.is_empty() { (choices, " / ") } else { (&param.values[..], ", ") };
        let mut shown = String::new();
        for item in items {
            if !shown.is_empty() {
                shown.push_str(between);
            }
            shown.push_str(&self.written(item, depth));
            if shown.len() > MAX_SHOWN {
                break;
            }
        }
        if shown.is_empty() {
            shown.push_str(param.label.as_deref().unwrap_or(&param.id));
        }
        super::super::codes::clipped(&shown, MAX_SHOWN)
    }
}

/// What the parts of a control say.
#[derive(Default)]
pub(super) struct Prose {
    pub statement: String,
    pub guidance: Option<String>,
    pub evidence: Vec<String>,
    pub checklist: Vec<DraftCheck>,
}

pub(super) fn of(control: &Control, params: &Params, left: &mut Left) -> Prose {
    let mut read = Prose::default();
    for part in &control.parts {
        match part.name.as_str() {
            "statement" => lines(part, 0, params, &mut read.statement),
            "guidance" | "overview" => {
                let guidance = read.guidance.get_or_insert_default();
                lines(part, 0, params, guidance);
            }
            "objective" | "assessment-objective" => objectives(part, params, &mut read.checklist),
            "assessment" | "assessment-method" => assessment(part, params, &mut read),
            other => left.add(
                &format!("parts of the name `{}`", super::super::codes::clipped(other, 40)),
                "not carried over",
                &control.id,
            ),
        }
    }
    read.guidance.take_if(|guidance| guidance.is_empty());
    read
}

fn label(part: &Part) -> Option<&str> {
    part.props.iter().find(|prop| prop.name == "label").map(|prop| prop.value.as_str())
}

/// A part and what stands in it, a line each, set in by depth.
fn lines(part: &Part, depth: usize, params: &Params, out: &mut String) {
    if let Some(prose) = part.prose.as_deref().filter(|prose| !prose.trim().is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n("  ", depth.saturating_sub(1)));
        if let Some(label) = label(part).or(part.title.as_deref()) {
            out.push_str(label);
            out.push(' ');
        }
        out.push_str(&params.written(prose, 0));
    }
    for inner in &part.parts {
        lines(inner, depth + 1, params, out);
    }
}

/// The innermost objectives: what can be looked at one by one.
fn objectives(part: &Part, params: &Params, checklist: &mut Vec<DraftCheck>) {
    if let (Some(prose), []) = (part.prose.as_deref().filter(|prose| !prose.trim().is_empty()), &part.parts[..]) {
        checklist.push(DraftCheck { asks: params.written(prose, 0), how: None });
    }
    for inner in &part.parts {
        objectives(inner, params, checklist);
    }
}

/// What is examined is paper; who is interviewed and what is tried out is for the inspection.
fn assessment(part: &Part, params: &Params, read: &mut Prose) {
    let method = part.props.iter().find(|prop| prop.name == "method").map(|prop| prop.value.as_str());
    let objects = part.parts.iter().filter_map(|inner| inner.prose.as_deref()).chain(part.prose.as_deref());
    for prose in objects {
        let items = prose.split('\n').map(|item| item.trim().trim_matches(['[', ']']).trim_end_matches(';'));
        let items: Vec<String> = items.filter(|item| !item.is_empty()).map(|item| params.written(item, 0)).collect();
        if method == Some("EXAMINE") {
            read.evidence.extend(items);
        } else if !items.is_empty() {
            read.checklist.push(DraftCheck { asks: items.join("; "), how: method.map(str::to_lowercase) });
        }
    }
}
