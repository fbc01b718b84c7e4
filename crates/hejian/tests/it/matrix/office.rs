//! To-dos, messages and instructions to be tried with. They belong to posts: everybody who asks gets some of their own, and
//! there are some of a post that nobody here holds.

use std::collections::HashMap;

use axum::http::Method;
use hejian::modules::ROLES;
use hejian_kernel::{access::Part, sql, testing::opening, testing::plant, web::Route, work::Work};
use uuid::Uuid;

use super::{
    ground::{Ground, INSIDE, OUTSIDE, Subject},
    samples::{Try, Where},
    visitor::Sent,
};

/// What one who asks finds on the own desk.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// Two copies that nobody has read, one for each way of saying so.
    copies: [Uuid; 2],
    /// A to-do that the post sent to another.
    sent: Uuid,
    /// A to-do that it can pass on and copy.
    passing: Option<Uuid>,
    message: Uuid,
    /// An instruction that it must answer, and its own part of it.
    instruction: (Uuid, Uuid),
}

/// All of it.
#[derive(Default)]
pub struct Office {
    desks: HashMap<Uuid, Desk>,
    /// Of a post outside.
    strange: Option<Desk>,
    /// A post inside that answers instructions, and one that takes over what is passed on.
    answers: Uuid,
    takes: Uuid,
}

impl Office {
    pub async fn make(ground: &Ground) -> Self {
        let (inside, outside) = (ground.unit(INSIDE), ground.unit(OUTSIDE));
        let mut work = ground.test.setup_with(ROLES).await;
        let mut office = Self::default();
        for (key, role, unit) in [
            ("o-answers", "subdistrict_officer", inside),
            ("o-takes", "approval", inside),
            ("o-far", "subdistrict_officer", outside),
        ] {
            let post = plant::post(&mut work, unit, key, key, 9, role).await;
            let person = plant::person(&mut work, key, key).await;
            plant::holds(&mut work, person, post, Part::Holder).await;
            match key {
                "o-answers" => office.answers = post,
                "o-takes" => office.takes = post,
                _ => office.strange = Some(desk(&mut work, post, outside, post, None).await),
            }
        }
        let proposed = ground.records.iter().find(|r| {
            r.def.key == "premises" && r.state == "proposed" && !r.removed && ground.reach_of(inside).contains(&r.unit)
        });
        let proposed = proposed.expect("a project inside that waits for approval");
        for who in &ground.subjects {
            let (Some(account), Some(post)) = (who.account, who.post) else { continue };
            let passing = (who.name == format!("approval over {INSIDE}")).then_some((proposed.id, proposed.unit));
            let made = desk(&mut work, post, inside, office.answers, passing).await;
            office.desks.insert(account, made);
        }
        work.commit().await.expect("commits");
        office
    }
}

/// The rows of one desk; `other` is the post on the other side of what is sent.
async fn desk(work: &mut Work, post: Uuid, unit: Uuid, other: Uuid, passing: Option<(Uuid, Uuid)>) -> Desk {
    let copies = [todo(work, "copy", post, other, None).await, todo(work, "copy", post, other, None).await];
    let sent = todo(work, "matrix", other, post, None).await;
    let passing = match passing {
        Some(of) => Some(todo(work, "premises.proposed", post, post, Some(of)).await),
        None => None,
    };
    let (message, instruction, order) = (work.new_id(), work.new_id(), work.new_id());
    sql!(
        &mut work.tx,
        execute,
        "insert into message (id, post_id, kind, title, href, sent_by, at) values ($1, $2, 'nudged', 'matrix', '/todo', 'matrix', $3)",
        message,
        post,
        opening()
    )
    .expect("a message");
    sql!(
        &mut work.tx,
        execute,
        "insert into instruction (id, about, about_title, about_href, words, due_on, given_by, given_by_post, given_at)
         values ($1, 'unit:x', 'matrix', '/organisation', 'matrix', $2, 'matrix', $3, $4)",
        instruction,
        plant::since(),
        other,
        opening()
    )
    .expect("an instruction");
    sql!(
        &mut work.tx,
        execute,
        "insert into instruction_order (id, instruction_id, post_id, unit_id, state, row_version, due_on)
         values ($1, $2, $3, $4, 'given', 1, $5)",
        order,
        instruction,
        post,
        unit,
        plant::since()
    )
    .expect("an order");
    Desk { copies, sent, passing, message, instruction: (instruction, order) }
}

async fn todo(work: &mut Work, kind: &str, post: Uuid, from: Uuid, of: Option<(Uuid, Uuid)>) -> Uuid {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into todo (id, kind, register, record_id, state, title, unit_id, post_id, sent_by_post, sent_by, created_at, href)
         values ($1, $2, $3, $4, 'open', 'matrix', $5, $6, $7, 'matrix', $8, $9)",
        id,
        kind,
        of.map(|_| "premises"),
        of.map(|(record, _)| record),
        of.map(|(_, unit)| unit),
        post,
        from,
        opening(),
        if of.is_none() { Some("/todo") } else { None }
    )
    .expect("a to-do");
    id
}

/// What to try a route of the office with.
pub fn on_desks(ground: &Ground, route: &Route, who: &Subject) -> Result<Vec<Try>, String> {
    let path = route.path.as_str();
    let get = route.method == Method::GET;
    let office = &ground.office;
    let mine = who.account.and_then(|account| office.desks.get(&account));
    let strange = office.strange.as_ref();
    let unit = |key: &str| ground.unit(key).to_string();
    let pair = |n: &str, v: String| (n.to_owned(), v);
    let form = |pairs: Vec<(String, String)>| if get { Sent::Nothing } else { Sent::Form(pairs) };
    let mut all = Vec::new();
    let mut add = |path: String, sent: Sent, lies: Where| all.push(Try { path, sent, lies, record: None, also: None });
    if path == "/instructions/new" || path == "/instructions" {
        for (key, lies) in [(INSIDE, Where::Inside), (OUTSIDE, Where::Outside)] {
            let reaches = ground.reach(who, "organisation.read").contains(&ground.unit(key));
            if (lies == Where::Inside) != reaches {
                continue;
            }
            let about = pair("about", format!("unit:{}", unit(key)));
            let words = [pair("words", "matrix".into()), pair("due_on", "2009-06-30".into())];
            let to = pair("post", office.answers.to_string());
            let to_path =
                if get && path.ends_with("new") { format!("{path}?about={}", about.1) } else { path.to_owned() };
            add(to_path, form([about].into_iter().chain(words).chain([to]).collect()), lies);
        }
        return Ok(all);
    }
    for (desk, lies) in [(mine, Where::Inside), (strange, Where::Outside)] {
        let Some(desk) = desk else { continue };
        // Whoever supervises there sees what is outside for others.
        let seen =
            ["instruction.supervise"].iter().any(|right| ground.reach(who, right).contains(&ground.unit(OUTSIDE)));
        if lies == Where::Outside && seen && path.starts_with("/instructions") {
            continue;
        }
        let (id, body) = match path {
            "/todo/{id}" => (desk.sent, Vec::new()),
            "/todo/{id}/nudge" => (desk.sent, Vec::new()),
            "/todo/{id}/read" => (desk.copies[0], Vec::new()),
            "/todo/batch" => {
                (desk.copies[1], vec![pair("row", format!("{}:0", desk.copies[1])), pair("act", "read".into())])
            }
            "/todo/{id}/transfer" | "/todo/{id}/copy" => {
                let id = if lies == Where::Inside { desk.passing } else { Some(desk.sent) };
                let Some(id) = id else { continue };
                let to = if path.ends_with("copy") { office.answers } else { office.takes };
                (id, vec![pair("post", to.to_string()), pair("reason", "matrix".into())])
            }
            "/messages/{id}/open" => (desk.message, Vec::new()),
            "/instructions/{id}" => (desk.instruction.0, Vec::new()),
            "/instructions/orders/{id}/{act}" => {
                (desk.instruction.1, vec![pair("version", "1".into()), pair("words", "matrix".into())])
            }
            _ => return Err(format!("{path}: say in tests/it/matrix/office.rs what to try it with")),
        };
        add(path.replace("{id}", &id.to_string()).replace("{act}", "reply"), form(body), lies);
    }
    Ok(all)
}
