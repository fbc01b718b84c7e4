//! The district's campaigns: the title of the story with its days and costs, and a second one that scores the same facts by a
//! standard of our own.

use chrono::NaiveDate;
use hejian_kernel::{
    access::{Actor, Channel},
    error::{Error, Result},
    jobs::CLOCKWORK,
    web::App,
    work::Work,
};
use serde_json::json;

use crate::campaign::{
    record::{self, Campaign, Cost, Dated},
    score, snapshot,
    standard::{self, Texts, keeping},
};

/// The key of the second campaign.
const SECOND: &str = "blocks";

/// The dates and costs with their marks.
const LINES: &str = include_str!("../../../../demo/campaign.tsv");

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../../standards/synthetic-safe-liveable-blocks/", $name)).to_owned()
    };
}

fn bad(line: &str, what: &str) -> Error {
    Error::Internal(format!("demo/campaign.tsv: `{line}`: {what}"))
}

/// Writes both campaigns, each with its standard. What lies before the opening day counts as done.
pub(super) async fn write(work: &mut Work, opens: NaiveDate) -> Result<()> {
    standard::pinned::settle(work).await?;
    let main = record::store::default_campaign(&mut work.tx).await?;
    let said = Campaign {
        approving_document: Some("民发〔2008〕142号".to_owned()),
        approved_by: Some("民政部".to_owned()),
        cycle_from: "2008-10-01".parse().ok(),
        cycle_to: "2010-09-30".parse().ok(),
        target_points: Some("95".to_owned()),
        budget: Some(120_000_000),
        note: Some("名称、级别、文号有出处；周期按“原则上两年”推断；目标分和经费为演示编造。".to_owned()),
        mark: Some("synthetic".to_owned()),
        ..main.clone()
    };
    record::keeping::save(work, main.row_version, said).await?;
    for line in LINES.lines().filter(|line| !line.starts_with('#')) {
        part(work, &main, line, opens).await?;
    }
    second(work).await
}

async fn part(work: &mut Work, of: &Campaign, line: &str, opens: NaiveDate) -> Result<()> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [what, kind, day, title, document, amount, mark, note] = cells[..] else {
        return Err(bad(line, "it has not eight columns"));
    };
    let on_day = day.parse().map_err(|_| bad(line, "the third column is no day"))?;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (id, campaign_id, document) = (work.new_id(), of.id, some(document));
    if what == "date" {
        let done = on_day < opens;
        let (kind, title) = (kind.to_owned(), title.to_owned());
        let new = Dated { id, campaign_id, kind, on_day, title, document, note: some(note), mark: some(mark), done };
        return record::keeping::add_date(work, &new).await;
    }
    // A cost is written when it arises; a date may lie ahead.
    if on_day > opens {
        return Ok(());
    }
    let amount = amount.parse().map_err(|_| bad(line, "the sixth column is no amount in fen"))?;
    record::keeping::add_cost(work, &Cost { id, campaign_id, on_day, amount, purpose: title.to_owned(), document })
        .await
}

/// The months of the campaign that are over by `opens`, each frozen on the morning after, as the product does by itself.
pub(super) async fn freeze(app: &App, opens: NaiveDate) -> Result<()> {
    let mut tx = app.db.read().await?;
    let main = record::store::default_campaign(&mut tx).await?;
    let over = opens.min(app.clock.today());
    let months = snapshot::keeping::open_months(&mut tx, &main, over).await?;
    drop(tx);
    for day in months {
        let scored = score::score_once(app, main.id, day).await?;
        let next = day.succ_opt().unwrap_or(day);
        let clockwork = Actor::without_rights(Channel::Job, CLOCKWORK);
        let mut work = super::begin(app, clockwork, super::morning(next, -30)).await?;
        snapshot::keeping::freeze(&mut work, &main, &scored).await?;
        work.commit().await?;
    }
    Ok(())
}

/// The second campaign, on the same facts.
async fn second(work: &mut Work) -> Result<()> {
    let texts = Texts {
        standard: file!("standard.yaml"),
        measures: file!("measures.yaml"),
        migration: String::new(),
        tests: file!("tests.yaml"),
        words: file!("words.zh-CN.tsv"),
    };
    let read = standard::pinned::read(texts.clone()).await?;
    let head = keeping::head(&texts, &read.as_ref());
    let pack = keeping::bring(work, &head, &texts).await?;
    let new = Campaign {
        state: "planned".to_owned(),
        cycle_from: "2008-10-01".parse().ok(),
        note: Some("同一套台账按另一套标准评分的例子；标准和活动都是演示编造。".to_owned()),
        mark: Some("synthetic".to_owned()),
        official_order: 2,
        ..Campaign::new(work, SECOND, "平安宜居共治街区（合成示例）", "district")
    };
    record::keeping::create(work, &new).await?;
    let detail = json!({ "title": keeping::title(&head), "fingerprint": head.fingerprint, "campaign": SECOND });
    keeping::pin(work, new.id, pack, "演示数据自带的标准", None, detail).await
}
