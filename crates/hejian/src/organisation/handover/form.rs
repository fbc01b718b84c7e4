//! What both forms share: the post they are about, the persons to choose from, days as typed, problems beside their fields.

use chrono::NaiveDate;
use hejian_kernel::{
    access::Scoped,
    db::Tx,
    error::{Error, FieldProblem, Message, Result},
    i18n,
    ui::controls::Choice,
    web::{Ctx, Form},
};
use uuid::Uuid;

use super::super::{
    MANAGE,
    pages::id,
    store::{
        persons,
        posts::{self, Post, Term},
    },
};

/// What a form is made from.
pub(super) struct About {
    pub post: Post,
    pub terms: Vec<Term>,
    pub persons: Vec<Choice>,
    pub today: NaiveDate,
}

/// The post within the scope of whoever manages it.
pub(super) fn managed(ctx: &Ctx, text: &str) -> Result<Scoped<Uuid>> {
    ctx.actor.scoped(MANAGE, id(text, "thing-post")?)
}

pub(super) async fn about(ctx: &Ctx, post: &Scoped<Uuid>) -> Result<About> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let found = posts::get(&mut read.tx, post).await?;
    let terms = posts::terms(&mut read.tx, found.id).await?;
    let persons = choices(&mut read.tx, today).await?;
    Ok(About { post: found, terms, persons, today })
}

/// Everybody, each with a post of today, so that two of one name can be told apart.
async fn choices(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Choice>> {
    let all = posts::all(tx, &Scoped::for_engine((), "names of posts beside those of persons")).await?;
    let terms = posts::terms_on(tx, today).await?;
    let label = |person: Uuid, name: String| {
        let post = terms.iter().find(|t| t.person == person).and_then(|t| all.iter().find(|p| p.id == t.post));
        match post {
            Some(post) => format!("{name}（{} {}）", post.unit_name, post.name),
            None => name,
        }
    };
    let everybody = persons::everybody(tx).await?;
    Ok(everybody.into_iter().map(|p| Choice::new(p.id.to_string(), label(p.id, p.name))).collect())
}

/// A day as typed; empty is none.
pub(super) fn day(form: &Form, name: &str) -> Result<Option<NaiveDate>, FieldProblem> {
    match form.text(name) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| FieldProblem {
            field: name.to_owned(),
            message: Message::new("field-not-a-date").arg("value", text),
        }),
    }
}

pub(super) fn required(field: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new("field-required") }
}

/// What is wrong with a field, in words.
pub(super) fn wrong(ctx: &Ctx, problems: &[FieldProblem], field: &str) -> Option<String> {
    problems.iter().find(|p| p.field == field).map(|p| i18n::message(ctx.lang, &p.message))
}

/// All that is wrong, for the summary above the form.
pub(super) fn summary(ctx: &Ctx, problems: &[FieldProblem]) -> Vec<(String, String)> {
    problems.iter().map(|p| (p.field.clone(), i18n::message(ctx.lang, &p.message))).collect()
}

/// The problems of a refused change; any other error goes on.
pub(super) fn problems(error: Error) -> Result<Vec<FieldProblem>> {
    match error {
        Error::Invalid(problems) => Ok(problems),
        // Who may not hold the post is a matter of the person chosen.
        Error::Refused(message) => Ok(vec![FieldProblem { field: "person".to_owned(), message }]),
        other => Err(other),
    }
}
