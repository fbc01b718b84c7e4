//! What goes round the work in the last weeks before the demonstration opens: a leader's written instructions with their
//! answers, copies, and somebody asked after. Like everything here it is done by the posts whose act it is.

use chrono::NaiveDate;
use hejian_demo::{District, OPENS_ON};
use hejian_kernel::{
    access::Actor,
    error::{Error, Result},
    sql,
    web::{App, Subject},
    work::Work,
};
use uuid::Uuid;

use super::{Ids, begin, in_post, morning, people::post_of};
use crate::{
    instruction::{self, Given},
    todo,
};

/// The posts that give and answer, by their sign-ins.
const LEADER: &str = "quling";
const BUREAU: &str = "minzheng";
const SECTION: &str = "minzheng-gu";
const SUBDISTRICT: &str = "chengbei";

/// Writes it, up to the day on which the district opens.
pub(super) async fn write(app: &App, plan: &District, ids: &Ids, opens: NaiveDate) -> Result<()> {
    let desk = Desk { app, plan, ids, opens };
    let community = ids.unit("C-S4-07")?;
    let on_community = Subject {
        key: format!("unit:{community}"),
        title: "军民村社区".to_owned(),
        href: format!("/organisation/units/{community}"),
        unit: Some(community),
        right: "organisation.read",
    };
    let on_premises = Subject {
        key: "indicator:D02".to_owned(),
        title: "D02 社区办公服务用房达标率".to_owned(),
        href: "/score/D02".to_owned(),
        unit: None,
        right: "score.read",
    };
    // Answered and closed.
    let words = "军民村社区用房面积报了两个数，请核实后按实测数更正，并说明原因。";
    let order = desk.give(LEADER, day(6, 1), &on_community, words, day(6, 8), SUBDISTRICT).await?;
    let reply = "已会同社区丈量，使用面积 459.0 平方米，原数含公共楼道，台账已更正。";
    desk.act(SUBDISTRICT, day(6, 5), order, 1, "reply", reply, "/registers/premises?q=军民村").await?;
    desk.act(LEADER, day(6, 8), order, 2, "close", "", "").await?;
    // Answered, waiting to be closed.
    let words = "达标率离过线还差几个社区，请列出名单、差额和解决办法，一周内报。";
    let order = desk.give(LEADER, day(6, 10), &on_premises, words, day(6, 17), BUREAU).await?;
    let reply = "未达标社区名单见评分页，其中七个社区的用房正在建设，年内可以验收；其余按共建共用解决。";
    desk.act(BUREAU, day(6, 17), order, 1, "reply", reply, "/score/D02").await?;
    // Overdue, and due soon.
    let words = "城北街道在建用房进度偏慢，请每周报一次进度，卡在哪一步写清楚。";
    desk.give(LEADER, day(6, 12), &on_community, words, day(6, 18), SUBDISTRICT).await?;
    let words = "已完工的项目尽快组织验收，验收不过的写明整改要求。";
    desk.give(LEADER, day(6, 19), &on_premises, words, day(6, 24), SECTION).await?;
    desk.copies(community).await?;
    desk.nudges().await
}

/// A day of the year in which the demonstration opens.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2009, month, day).unwrap_or(OPENS_ON)
}

struct Desk<'a> {
    app: &'a App,
    plan: &'a District,
    ids: &'a Ids,
    opens: NaiveDate,
}

impl Desk<'_> {
    fn post(&self, login: &str) -> Result<&str> {
        post_of(self.plan, login).ok_or_else(|| Error::Internal(format!("the plan has no sign-in {login}")))
    }

    fn actor(&self, login: &str, on: NaiveDate) -> Result<Actor> {
        in_post(self.app, self.plan, self.ids, self.post(login)?, on)
    }

    async fn work(&self, login: &str, on: NaiveDate) -> Result<Work> {
        // Late in the morning, after what the registers were told on that day.
        begin(self.app, self.actor(login, on)?, morning(on, 120)).await
    }

    async fn give(
        &self,
        from: &str,
        on: NaiveDate,
        about: &Subject,
        words: &str,
        due_on: NaiveDate,
        to: &str,
    ) -> Result<Option<Uuid>> {
        if on > self.opens {
            return Ok(None);
        }
        let to = self.actor(to, on)?.post.unwrap_or_default();
        let mut work = self.work(from, on).await?;
        let given = Given { words: words.to_owned(), due_on, posts: vec![to] };
        let id = instruction::give(&mut work, about, &given).await?;
        let order = instruction::order_to(&mut work, id, to).await?;
        work.commit().await?;
        Ok(Some(order))
    }

    #[expect(clippy::too_many_arguments, reason = "one line of the story each")]
    async fn act(
        &self,
        by: &str,
        on: NaiveDate,
        order: Option<Uuid>,
        version: i64,
        act: &str,
        words: &str,
        link: &str,
    ) -> Result<()> {
        let Some(order) = order.filter(|_| on <= self.opens) else { return Ok(()) };
        let mut work = self.work(by, on).await?;
        instruction::act(&mut work, order, version, act, words, link).await?;
        work.commit().await
    }

    /// The bureau copies what waits for it to the subdistrict whose project it is.
    async fn copies(&self, community: Uuid) -> Result<()> {
        let on = day(6, 19);
        if on > self.opens {
            return Ok(());
        }
        let to = self.actor(SUBDISTRICT, on)?.post.unwrap_or_default();
        let mut work = self.work(BUREAU, on).await?;
        let post = work.actor.post;
        let mine: Vec<(Uuid,)> = sql!(
            &mut work.tx,
            fetch_all,
            "select t.id from todo t join unit_closure c on c.descendant_id = t.unit_id
             join unit_closure d on d.ancestor_id = c.ancestor_id and d.descendant_id = $2
             join unit s on s.id = c.ancestor_id and s.kind = 'subdistrict'
             where t.post_id = $1 and t.state = 'open' and t.kind = 'premises.completed' and t.created_at <= $3 order by t.due_on, t.id limit 3",
            post,
            community,
            work.now
        )?;
        for (id,) in mine {
            todo::copy(&mut work, self.app, id, &[to], "验收前请街道先自查，资料备齐。").await?;
        }
        work.commit().await
    }

    /// The leader asks after the oldest of what is overdue.
    async fn nudges(&self) -> Result<()> {
        let on = day(6, 19);
        if on > self.opens {
            return Ok(());
        }
        let mut work = self.work(LEADER, on).await?;
        let late: Vec<(Uuid,)> = sql!(
            &mut work.tx,
            fetch_all,
            "select id from todo where state = 'open' and register = 'premises' and due_on < $1 and created_at <= $2 order by due_on, id limit 3",
            on,
            work.now
        )?;
        for (id,) in late {
            todo::nudge(&mut work, self.app, id, "已过期限，请本周办结。").await?;
        }
        work.commit().await
    }
}
