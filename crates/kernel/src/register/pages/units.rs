//! The units a page may speak of: those within the reader's scope, as a tree in official order.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::{
    access::{Actor, Scoped},
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::Result,
    register::RegisterDef,
    ui::controls::Choice,
    unit::{self, Unit, UnitQuery},
};

/// Units within a scope, parents before children, siblings in official order.
#[derive(Debug, Clone)]
pub(super) struct Units {
    list: Vec<(Unit, usize)>,
    at: HashMap<Uuid, usize>,
}

impl Units {
    /// Those units of the scope that the register is kept for, and those above them; of every day, because a record keeps the
    /// unit it was written for.
    pub async fn load(tx: &mut Tx, def: &'static RegisterDef, seen: &Scoped<()>) -> Result<Self> {
        let all = unit::list(tx, &seen.with(UnitQuery::default())).await?;
        let known: HashMap<Uuid, &Unit> = all.iter().map(|u| (u.id, u)).collect();
        let mut wanted = HashSet::new();
        for unit in all.iter().filter(|u| def.levels.contains(&u.kind.as_str())) {
            let mut next = Some(unit);
            while let Some(unit) = next.filter(|u| wanted.insert(u.id)) {
                next = unit.parent.and_then(|p| known.get(&p).copied());
            }
        }
        let mut under: HashMap<Option<Uuid>, Vec<&Unit>> = HashMap::new();
        for unit in all.iter().filter(|u| wanted.contains(&u.id)) {
            under.entry(unit.parent.filter(|p| wanted.contains(p))).or_default().push(unit);
        }
        let mut list = Vec::with_capacity(wanted.len());
        let mut waiting: Vec<(&Unit, usize)> = under.get(&None).into_iter().flatten().rev().map(|u| (*u, 0)).collect();
        while let Some((unit, depth)) = waiting.pop() {
            list.push((unit.clone(), depth));
            waiting.extend(under.get(&Some(unit.id)).into_iter().flatten().rev().map(|u| (*u, depth + 1)));
        }
        let at = list.iter().enumerate().map(|(n, (u, _))| (u.id, n)).collect();
        Ok(Self { list, at })
    }

    /// The unit of that id.
    pub fn get(&self, id: Uuid) -> Option<&Unit> {
        self.at.get(&id).map(|at| &self.list[*at].0)
    }

    /// Its name; an em dash for one outside the scope.
    pub fn name(&self, id: Uuid) -> String {
        self.get(id).map_or_else(|| crate::i18n::format::DASH.to_owned(), |u| u.name.clone())
    }

    /// The unit of that key or id.
    pub fn by_key(&self, text: &str) -> Option<&Unit> {
        let id = Uuid::try_parse(text).ok();
        self.list.iter().map(|(u, _)| u).find(|u| u.key == text || Some(u.id) == id)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.list.iter().map(|(u, _)| u)
    }

    /// Those that can have records of the register and are in being on the day.
    pub fn holders<'a>(&'a self, def: &'static RegisterDef, day: chrono::NaiveDate) -> impl Iterator<Item = &'a Unit> {
        self.iter().filter(move |u| def.levels.contains(&u.kind.as_str()) && in_being(u, day))
    }

    /// For a filter: every unit in being, set in by its depth.
    pub fn tree_choices(&self, day: chrono::NaiveDate) -> Vec<Choice> {
        let shown = self.list.iter().filter(|(u, _)| in_being(u, day));
        shown.map(|(u, depth)| Choice::new(&u.key, format!("{}{}", "\u{3000}".repeat(*depth), u.name))).collect()
    }

    /// For a form: the holders, under the name of the unit above them; the present one even if it has ended.
    pub fn form_choices(
        &self,
        def: &'static RegisterDef,
        day: chrono::NaiveDate,
        present: Option<Uuid>,
    ) -> Vec<Choice> {
        let mut shown: Vec<&Unit> = self
            .iter()
            .filter(|u| def.levels.contains(&u.kind.as_str()) && (in_being(u, day) || Some(u.id) == present))
            .collect();
        // A heading must not come twice: units of one parent stand together, in the order of their first.
        let mut first: HashMap<Option<Uuid>, usize> = HashMap::new();
        for (n, unit) in shown.iter().enumerate() {
            first.entry(unit.parent).or_insert(n);
        }
        shown.sort_by_key(|u| first.get(&u.parent).copied());
        let above = |u: &Unit| u.parent.and_then(|p| self.get(p)).map_or_else(String::new, |p| p.name.clone());
        shown.into_iter().map(|u| Choice::new(u.id.to_string(), &u.name).group(above(u))).collect()
    }
}

fn in_being(unit: &Unit, day: chrono::NaiveDate) -> bool {
    unit.valid_from <= day && unit.valid_to.is_none_or(|to| to > day)
}

/// Whether the actor holds the permission over this unit.
pub(super) async fn holds(tx: &mut Tx, actor: &Actor, permission: &'static str, unit: Uuid) -> Result<bool> {
    let Ok(seen) = actor.scoped(permission, unit) else { return Ok(false) };
    let mut sql = Sql::new("select u.id from unit u where u.id = ");
    sql.bind(Param::Id(Some(unit)));
    seen.restrict(&mut sql, "u.id");
    Ok(sql.fetch_optional(tx).await?.is_some())
}
