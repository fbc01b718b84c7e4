//! Fills the units with posts and the posts with invented persons.
//!
//! The rule that matters: the three administrators are three persons who hold nothing else.

use crate::accounts::accounts;
use crate::dates::{day, office_day};
use crate::mark::Status;
use crate::names::{Draw, Names};
use crate::units::DISTRICT;
use crate::{Account, CampaignRole, Person, Post, Role, Term, Unit, UnitKind};
use chrono::{Days, NaiveDate};

/// Names that stay the same under every seed, because the walk through the demonstration speaks of them. Invented, too.
const FIXED: &[&str] = &["周明", "陈芳", "李建平", "何勇"];

/// Persons, posts, terms and sign-ins.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub persons: Vec<Person>,
    pub posts: Vec<Post>,
    pub terms: Vec<Term>,
    pub accounts: Vec<Account>,
}

pub(crate) fn people(units: &[Unit], seed: u64) -> People {
    let mut staff = Staff { names: Names::new(seed, FIXED), draw: Draw::new(seed, "terms"), out: People::default() };
    staff.leaders();
    for unit in units {
        match unit.kind {
            UnitKind::Department => staff.department(unit),
            UnitKind::Subdistrict => staff.subdistrict(unit),
            UnitKind::Community => staff.community(unit),
            UnitKind::District | UnitKind::ResidentsCommittee => {}
        }
    }
    staff.inspectors(units);
    staff.outside();
    staff.handovers();
    staff.out.accounts = accounts(&staff.out.terms);
    staff.out
}

struct Staff {
    names: Names,
    draw: Draw,
    out: People,
}

/// What a new post needs besides its holder.
struct Place<'a> {
    key: String,
    unit: &'a str,
    scope: &'a str,
    title: &'a str,
    role: Role,
    order: u32,
}

impl Staff {
    fn person(&mut self, fixed: Option<&str>) -> String {
        let key = format!("person-{:03}", self.out.persons.len() + 1);
        let name = fixed.map_or_else(|| self.names.next(), str::to_owned);
        self.out.persons.push(Person { key: key.clone(), name, status: Status::Synthetic });
        key
    }

    /// Makes a post; `deputy_of` and `host` are set by the few callers that need them.
    fn post(&mut self, place: Place<'_>) -> &mut Post {
        let Place { key, unit, scope, title, role, order } = place;
        self.out.posts.push(Post {
            key,
            unit: unit.to_owned(),
            scope: scope.to_owned(),
            title: title.to_owned(),
            role,
            order,
            deputy_of: None,
            host: None,
        });
        let last = self.out.posts.len() - 1;
        &mut self.out.posts[last]
    }

    fn term(&mut self, post: &str, person: &str, from: NaiveDate, main: bool) {
        let document = main.then(|| format!("武组干〔{}〕{}号", from.format("%Y"), self.draw.between(3, 88)));
        let (post, person) = (post.to_owned(), person.to_owned());
        self.out.terms.push(Term { post, person, from, to: None, main, document });
    }

    /// An office day between two days, or just before the first of them.
    fn since(&mut self, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let days = self.draw.between(0, (to - from).num_days());
        office_day(from.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(from))
    }

    /// A post with its first holder.
    fn staffed(&mut self, place: Place<'_>, fixed: Option<&str>, from: NaiveDate, to: NaiveDate) -> String {
        let key = place.key.clone();
        self.post(place);
        let person = self.person(fixed);
        let since = self.since(from, to);
        self.term(&key, &person, since, true);
        person
    }

    fn leaders(&mut self) {
        for (order, (key, title)) in [("mayor", "区长"), ("deputy", "分管副区长")].into_iter().enumerate() {
            let key = format!("post-leader-{key}");
            let order = order as u32 + 1;
            let place = Place { key, unit: DISTRICT, scope: DISTRICT, title, role: Role::Leader, order };
            self.staffed(place, None, day(2006, 12, 1), day(2007, 12, 20));
        }
    }

    fn department(&mut self, unit: &Unit) {
        let Some(department) = &unit.department else { return };
        let code = department.code.as_str();
        let key = |what: &str| format!("post-{code}-{what}");
        let at = |what: &str, title, role, order| Place {
            key: key(what),
            unit: &unit.key,
            scope: DISTRICT,
            title,
            role,
            order,
        };
        let (early, late) = (day(2006, 3, 1), day(2008, 11, 28));
        match department.campaign_role {
            CampaignRole::TwinningOnly => {
                self.staffed(at("liaison", "联点扶建联络员", Role::DepartmentOfficer, 1), None, early, late);
            }
            CampaignRole::CampaignOffice => {
                self.staffed(at("head", "主任", Role::CampaignOffice, 1), None, early, late);
                let zhou =
                    self.staffed(at("officer", "综合科科长", Role::CampaignOffice, 2), Some("周明"), early, late);
                self.post(at("liaison", "创建办联络员", Role::CampaignOffice, 3));
                self.term(&key("liaison"), &zhou, day(2008, 11, 3), false);
                let team = Place {
                    key: "post-team-C-S2-01".to_owned(),
                    unit: "C-S2-01",
                    scope: "C-S2-01",
                    title: "驻体育东路社区工作组组长",
                    role: Role::Inspector,
                    order: 9,
                };
                self.post(team);
                self.term("post-team-C-S2-01", &zhou, day(2009, 2, 18), false);
                if let Some(term) = self.out.terms.last_mut() {
                    term.to = Some(day(2010, 1, 1));
                }
            }
            CampaignRole::LeadBureau => {
                self.staffed(at("head", "局长", Role::DepartmentLead, 1), None, early, late);
                self.staffed(at("deputy", "副局长", Role::DepartmentLead, 2), Some("李建平"), early, late);
                self.deputise(&key("deputy"), &key("head"));
                self.staffed(at("officer", "基层政权股股长", Role::DepartmentOfficer, 3), Some("陈芳"), early, late);
            }
            CampaignRole::IndicatorUnit => {
                self.staffed(at("head", head_title(code), Role::DepartmentLead, 1), None, early, late);
                self.staffed(at("officer", "创建工作联络员", Role::DepartmentOfficer, 2), None, early, late);
            }
        }
    }

    fn deputise(&mut self, post: &str, of: &str) {
        if let Some(post) = self.out.posts.iter_mut().find(|p| p.key == post) {
            post.deputy_of = Some(of.to_owned());
        }
    }

    fn subdistrict(&mut self, unit: &Unit) {
        let key = |what: &str| format!("post-{}-{what}", unit.key);
        let role = Role::SubdistrictOfficer;
        let posts = [("director", "办事处主任"), ("deputy", "分管副主任"), ("officer", "社区建设专干")];
        for (order, (what, title)) in (1u32..).zip(posts) {
            let fixed = (unit.key == "S4" && what == "officer").then_some("何勇");
            let place = Place { key: key(what), unit: &unit.key, scope: &unit.key, title, role, order };
            self.staffed(place, fixed, day(2006, 5, 1), day(2008, 9, 30));
        }
        self.deputise(&key("deputy"), &key("director"));
    }

    fn community(&mut self, unit: &Unit) {
        let role = Role::CommunityWorker;
        for (order, (what, title)) in (1u32..).zip([("head", "党组织书记、居委会主任"), ("worker", "社区工作者")])
        {
            let key = format!("post-{}-{what}", unit.key);
            let place = Place { key, unit: &unit.key, scope: &unit.key, title, role, order };
            self.staffed(place, None, day(2006, 8, 15), day(2006, 9, 25));
        }
    }

    /// One group for each subdistrict, headed by a department's officer beside the main post.
    fn inspectors(&mut self, units: &[Unit]) {
        let lenders = ["dcs", "zzb", "zfw", "xcb", "cgj", "wsj"];
        for (unit, lender) in units.iter().filter(|u| u.kind == UnitKind::Subdistrict).zip(lenders) {
            let title = format!("{}督导组组长", unit.name.trim_end_matches("街道"));
            let key = format!("post-team-{}", unit.key);
            let place = Place {
                key: key.clone(),
                unit: &unit.key,
                scope: &unit.key,
                title: &title,
                role: Role::Inspector,
                order: 9,
            };
            self.post(place);
            let officer = format!("post-{lender}-officer");
            if let Some(person) = self.out.terms.iter().find(|t| t.post == officer).map(|t| t.person.clone()) {
                self.term(&key, &person, day(2009, 2, 18), false);
            }
        }
    }

    /// Reviewers from above and the three administrators.
    fn outside(&mut self) {
        let reviewers = [("city", "基层政权科科长", "常德市民政局"), ("province", "基层政权处副处长", "湖南省民政厅")];
        for (order, (key, title, host)) in (3u32..).zip(reviewers) {
            let key = format!("post-review-{key}");
            let place = Place { key: key.clone(), unit: DISTRICT, scope: DISTRICT, title, role: Role::Reviewer, order };
            self.staffed(place, None, day(2008, 12, 16), day(2009, 2, 27));
            if let Some(post) = self.out.posts.iter_mut().find(|post| post.key == key) {
                post.host = Some(host.to_owned());
            }
        }
        let admins = [
            ("system", "系统管理员", Role::SystemAdmin),
            ("security", "安全管理员", Role::SecurityAdmin),
            ("audit", "审计管理员", Role::AuditAdmin),
        ];
        for (order, (key, title, role)) in (5u32..).zip(admins) {
            let key = format!("post-admin-{key}");
            let place = Place { key, unit: DISTRICT, scope: DISTRICT, title, role, order };
            self.staffed(place, None, day(2008, 12, 1), day(2008, 12, 1));
        }
    }

    /// Posts that changed hands: the holder before, gone on the day the present one came.
    fn handovers(&mut self) {
        let posts = [
            "post-C-S1-04-head",
            "post-C-S2-01-head",
            "post-C-S3-02-head",
            "post-C-S4-07-head",
            "post-C-S5-04-head",
            "post-C-S6-06-worker",
            "post-S3-deputy",
            "post-tyj-officer",
            "post-tjj-officer",
            "post-mzj-head",
        ];
        for post in posts {
            let Some(came) = self.out.terms.iter().find(|t| t.post == post).map(|t| t.from) else { continue };
            let person = self.person(None);
            let from = self.since(day(2002, 7, 1), day(2004, 6, 30));
            self.term(post, &person, from, true);
            if let Some(term) = self.out.terms.last_mut() {
                term.to = Some(came);
            }
        }
    }
}

fn head_title(code: &str) -> &'static str {
    match code {
        "qwb" | "zfb" | "dcs" => "主任",
        "zzb" | "xcb" => "部长",
        "zfw" | "zgw" | "tqw" => "书记",
        "kxx" | "flh" | "zgh" => "主席",
        "clh" => "理事长",
        "xfd" => "大队长",
        _ => "局长",
    }
}
