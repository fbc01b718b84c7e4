//! The dated events of the campaign: papers, honours, the application, the journeys, the naming.
//!
//! The rule that matters: an event says what of it was found. The work report names the titles of the district's seven papers
//! and four honours and gives them no day, so their days are invented; its own days of 2016 are read as 2008–2010.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::dates::day;
use crate::mark::{Mark, Status};

/// What kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// 通知: the ministry asks for applications.
    Notice,
    /// 文件: a paper of the district.
    Document,
    /// 荣誉: an earlier title.
    Honour,
    /// 申报.
    Application,
    /// 汇报衔接: a journey to a superior.
    Liaison,
    /// 评估验收.
    Evaluation,
    /// 命名表彰.
    Naming,
    /// 工作汇报.
    Report,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// The day; where only the month or nothing was found, an assumed one.
    pub on: NaiveDate,
    /// What kind.
    pub kind: EventKind,
    /// What happened, in Chinese; the title of a paper or an honour.
    pub title: String,
    /// Who issued it, gave it, or was visited.
    pub by: String,
    /// How far the day can be believed: real (found), inferred or synthetic.
    pub day: Mark,
    /// How far the event itself can be believed.
    pub event: Mark,
}

use EventKind::{Application, Document, Evaluation, Honour, Liaison, Naming, Notice, Report};
use Status::{Inferred, Real, Synthetic};

type Row = (NaiveDate, Status, EventKind, Status, &'static str, &'static str);

const TOLD: &[Row] = &[
    (day(2003, 4, 16), Synthetic, Document, Real, "武陵区大力加强城市社区工作试行办法", "区人民政府"),
    (day(2003, 12, 18), Synthetic, Honour, Real, "全市社区建设先进单位", "常德市"),
    (day(2005, 9, 13), Synthetic, Document, Real, "关于在全区开展创建和谐社区活动的通知", "区委、区人民政府"),
    (day(2005, 12, 22), Synthetic, Honour, Real, "全省社区建设示范城区", "湖南省"),
    (day(2006, 3, 21), Synthetic, Document, Real, "武陵区争创全国社区建设示范城区活动方案", "区委、区人民政府"),
    (day(2007, 3, 5), Synthetic, Document, Real, "关于在全区广泛开展社区服务志愿者活动的指导意见", "区委、区人民政府"),
    (day(2007, 12, 5), Synthetic, Honour, Real, "全国社区志愿服务活动先进单位", "全国"),
    (day(2008, 3, 27), Synthetic, Document, Real, "武陵区区直单位联点扶建社区工作方案", "区委、区人民政府"),
    (day(2008, 6, 12), Synthetic, Honour, Real, "全国志愿者注册先进单位", "全国"),
    (
        day(2008, 10, 10),
        Real,
        Notice,
        Real,
        "关于切实做好全国和谐社区建设示范单位命名表彰工作的通知（民发〔2008〕142号）",
        "民政部",
    ),
    (day(2008, 12, 15), Inferred, Application, Real, "申报全国和谐社区建设示范城区", "武陵区"),
    (day(2009, 1, 8), Synthetic, Document, Real, "武陵区大力加强社区财务管理的若干规定", "区人民政府"),
    (day(2009, 3, 5), Synthetic, Document, Real, "武陵区创建全国和谐社区建设示范城区工作方案", "区委、区人民政府"),
    (day(2009, 5, 13), Inferred, Liaison, Real, "赴京向民政部基层政权和社区建设司汇报", "民政部基层政权和社区建设司"),
    (day(2009, 9, 22), Synthetic, Evaluation, Inferred, "评估验收", "省民政厅"),
    (day(2009, 10, 19), Inferred, Naming, Real, "苏州会议命名为全国和谐社区建设示范城区", "民政部"),
    (day(2010, 2, 3), Inferred, Report, Real, "创建工作情况汇报", "区人民政府"),
];

/// The events in the order of their days.
#[must_use]
pub fn timeline() -> Vec<TimelineEvent> {
    let mark = |status: Status, found: &str, inferred: &str| Mark {
        status,
        text: match status {
            Real => found,
            Inferred => inferred,
            Synthetic => "synthetic",
        }
        .to_owned(),
    };
    let event = |(on, of_day, kind, of_event, title, by): &Row| TimelineEvent {
        on: *on,
        kind: *kind,
        title: (*title).to_owned(),
        by: (*by).to_owned(),
        day: mark(*of_day, "real", "inferred: the report's own years contradict each other"),
        event: mark(*of_event, "real (work report)", "inferred: a step of the ministry's procedure"),
    };
    TOLD.iter().map(event).collect()
}
