//! The workbook out and in: nothing changes by itself, doctored files show every gap, faults go back in the user's file, an
//! import is undone as one act, and a whole district loads in time.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use axum::http::StatusCode;
use hejian_kernel::sql;
use hejian_scoring::workbook::{Beside, Sheet, Value, sheets_of_xlsx, xlsx_of_sheets, xlsx_with_words};

use super::{
    super::{
        gaps::{Kind, gaps},
        import_plan::plan,
        model::Part,
        sheets::lay,
    },
    support::District,
};
use crate::{campaign::standard::built_in, stage::unit};

impl District {
    /// Uploads a workbook and answers where its preview is.
    pub(super) async fn upload(&self, sheets: &[Sheet]) -> String {
        let bytes = xlsx_of_sheets(sheets).expect("a workbook");
        let (status, to) = self.stage.upload(&self.office, "/duty/import", "t.xlsx", &bytes).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        to
    }

    /// Writes what the preview shows.
    pub(super) async fn write(&self, preview: &str) -> (StatusCode, String) {
        let (status, page) = self.get(preview).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let seen =
            page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        self.send(preview, &[("seen", seen)]).await
    }

    /// Every share of every subdistrict broken down.
    async fn cascaded(&self) {
        for subdistrict in [self.stage.north, self.stage.south] {
            let mut work = self.stage.test.setup().await;
            let campaign = self.stage.campaign().await;
            super::super::cascade_all(&mut work, &campaign, subdistrict, |_, _| false).await.expect("broken down");
            work.commit().await.expect("commits");
        }
    }

    pub(super) async fn laid(&self) -> Vec<Sheet> {
        lay(&self.board().await, &built_in())
    }
}

/// The row of an indicator on the first sheet.
pub(super) fn row<'s>(sheets: &'s mut [Sheet], code: &str) -> &'s mut Vec<Value> {
    sheets[0].rows.iter_mut().find(|row| row[0].shown() == code).expect("a row")
}

#[tokio::test]
async fn what_is_exported_and_imported_again_changes_nothing() {
    for district in District::drafted().await {
        district.cascaded().await;
        let (status, bytes) = district.stage.bytes(&district.office, "/duty/workbook").await;
        assert_eq!(status, StatusCode::OK);
        let board = district.board().await;
        let sheets = sheets_of_xlsx(&bytes).expect("read");
        let plan = plan(&board, &built_in(), &sheets).expect("its heads are found");
        assert_eq!((plan.faults, plan.added, plan.changed.len(), plan.ended.len()), (vec![], vec![], 0, 0));
        assert_eq!(plan.same, board.duties.len(), "every duty stands in the workbook");
    }
}

#[tokio::test]
async fn every_kind_of_gap_is_found_in_a_doctored_workbook() {
    let district = District::drafted().await.remove(0);
    district.cascaded().await;
    let mut work = district.stage.test.setup().await;
    // Nobody is left in one post, and in another the term ends before the deadline.
    sql!(
        &mut work.tx,
        execute,
        "update term set valid_to = '2009-06-01' where post_id in (select id from post where key = 'mzj-2')"
    )
    .expect("left");
    sql!(
        &mut work.tx,
        execute,
        "update term set valid_to = '2009-06-25' where post_id in (select id from post where key = 'S1-2')"
    )
    .expect("ends");
    work.commit().await.expect("commits");
    let board = district.board().await;
    let pack = &built_in().pack;
    let found = |sheets: &[Sheet]| -> BTreeSet<Kind> {
        let plan = plan(&board, &built_in(), sheets).expect("its heads are found");
        gaps(&board.with(plan.claimed), pack).into_iter().map(|gap| gap.kind).collect()
    };
    let clean = district.laid().await;
    let always: BTreeSet<Kind> = found(&clean);
    assert!(always.is_subset(&BTreeSet::from([Kind::Left, Kind::Ends])), "{always:?}");
    assert!(always.contains(&Kind::Ends), "the term that ends is found");
    let doctored = |change: &dyn Fn(&mut Vec<Sheet>)| {
        let mut sheets = clean.clone();
        change(&mut sheets);
        found(&sheets)
    };
    assert!(doctored(&|s| row(s, "A06")[2] = Value::Empty).contains(&Kind::NoLead));
    assert!(doctored(&|s| row(s, "A06")[2] = Value::text("区民政局、区tjj")).contains(&Kind::TwoLeads));
    let again = |s: &mut Vec<Sheet>| {
        let mut second = row(s, "A06").clone();
        second[2] = Value::text("区tjj");
        s[0].rows.push(second);
    };
    assert!(doctored(&again).contains(&Kind::TwoLeads), "two rows, two leads");
    assert!(doctored(&|s| row(s, "A06")[4] = Value::Empty).contains(&Kind::NoPerson));
    assert!(
        doctored(&|s| row(s, "A06")[4] = Value::text("联络员")).contains(&Kind::Left),
        "nobody is in that post any more"
    );
    assert!(doctored(&|s| row(s, "A06")[6] = Value::Empty).contains(&Kind::NoDeadline));
    let heap = |s: &mut Vec<Sheet>| {
        for row in &mut s[0].rows[1..] {
            (row[2], row[3], row[4]) = (Value::text("区民政局"), Value::Empty, Value::text("负责人"));
        }
    };
    assert!(doctored(&heap).contains(&Kind::Overload));
    assert!(
        doctored(&|s| {
            s[1].rows.pop();
        })
        .contains(&Kind::NotCascaded)
    );
}

#[tokio::test]
async fn a_fault_goes_back_in_the_users_own_file_the_rest_is_written_and_undone_as_one_act() {
    for district in District::drafted().await {
        let before = district.board().await;
        let mut sheets = district.laid().await;
        // A title above the table, as printed ones have it.
        sheets[0].rows.insert(0, vec![Value::text("武陵区创建任务分解表")]);
        row(&mut sheets, "A06")[6] = Value::text("六月底");
        row(&mut sheets, "A07")[6] = Value::text("2009年7月15日");
        let supports = row(&mut sheets, "A07")[3].shown();
        row(&mut sheets, "A07")[3] = Value::Empty;
        row(&mut sheets, "A01")[7] = Value::text("按季通报");
        let preview = district.upload(&sheets).await;
        let (_, page) = district.get(&preview).await;
        assert!(page.contains("六月底 不是日期，写成 2009-06-30。"), "the fault is named");
        let (at, query) = preview.split_once('?').expect("a name");
        let (_, marked) = district.stage.bytes(&district.office, &format!("{at}/faults?{query}")).await;
        let back = sheets_of_xlsx(&marked).expect("a workbook");
        assert_eq!(back[0].rows[0][0].shown(), "武陵区创建任务分解表");
        // It is the file itself with a column more, not its text in a sheet of ours.
        let words = BTreeMap::from([(2, "x".to_owned())]);
        let sent = xlsx_of_sheets(&sheets).expect("a workbook");
        xlsx_with_words(&sent, &BTreeMap::from([(0, Beside { head: 1, words })])).expect("nothing stands in the way");
        let a06 =
            back[0].rows.iter().find(|row| row.first().is_some_and(|cell| cell.shown() == "A06")).expect("the row");
        assert!(a06.last().is_some_and(|cell| cell.shown().contains("六月底 不是日期")), "{a06:?}");
        let (status, to) = district.write(&preview).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/duty/acts"), "{}", district.name());
        let after = district.board().await;
        let due = |code: &str| after.lead(code).and_then(|duty| duty.content.due).map(|day| day.to_string());
        assert_eq!((due("A06").as_deref(), due("A07").as_deref()), (Some("2009-06-30"), Some("2009-07-15")));
        assert_eq!(after.find(|of| of.part == Part::Support && of.indicator == "A07").count(), 0, "{supports} ended");
        let (status, _) = district.write(&preview).await;
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR);
        let (_, page) = district.get("/duty/acts").await;
        let undo = page
            .split("action=\"")
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .find(|to| to.ends_with("/undo"))
            .expect("an undo")
            .to_owned();
        let (status, to) = district.send(&undo, &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        assert!(to.ends_with("&kept=0"), "{to}");
        let said = |board: &super::super::model::Board| {
            let mut all: Vec<String> = board.duties.iter().map(|duty| format!("{:?}", duty.content)).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(said(&district.board().await), said(&before), "as it was");
        let (status, _) = district.send(&undo, &[]).await;
        assert_eq!(status, StatusCode::CONFLICT, "once");
        district.verify().await;
    }
}

#[tokio::test]
async fn fifty_three_indicators_in_all_departments_six_subdistricts_and_fifty_one_communities_load_in_time() {
    for district in District::all().await {
        // Four subdistricts and forty-seven communities more, with somebody in each.
        let mut work = district.stage.test.setup().await;
        let mut places = vec![district.stage.north, district.stage.south];
        for n in 3_i64..=6 {
            let id = unit(
                &mut work,
                &format!("S{n}"),
                "subdistrict",
                &format!("第{n}街道"),
                n + 1,
                Some(district.stage.district),
            )
            .await;
            places.push(id);
        }
        let mut fresh = places[2..].to_vec();
        for n in 4_usize..51 {
            let order = i64::try_from(n).expect("small") + 10;
            fresh.push(
                unit(&mut work, &format!("C{n}"), "community", &format!("第{n}社区"), order, Some(places[n % 6])).await,
            );
        }
        for unit in fresh {
            let (post, person, term) = (work.new_id(), work.new_id(), work.new_id());
            sql!(
                &mut work.tx,
                execute,
                "insert into post (id, key, unit_id, name, official_order) values ($1, $2, $3, '主任', 1)",
                post,
                post.to_string(),
                unit
            )
            .expect("a post");
            sql!(
                &mut work.tx,
                execute,
                "insert into person (id, key, name) values ($1, $2, '某人')",
                person,
                person.to_string()
            )
            .expect("a person");
            sql!(&mut work.tx, execute, "insert into term (id, post_id, person_id, part, valid_from) values ($1, $2, $3, 'holder', '2008-01-01')", term, post, person).expect("a term");
        }
        work.commit().await.expect("commits");
        let mut sheets = district.laid().await;
        let board = district.board().await;
        let pack = &built_in().pack;
        let mut shares: Vec<Vec<Value>> = Vec::new();
        for (line, of) in sheets[0].rows[1..].iter_mut().zip(&pack.indicators) {
            let name = |role: &String| board.unit_of_key(role).map_or("", |unit| unit.name.as_str()).to_owned();
            let supports: Vec<String> = of.co.iter().map(name).collect();
            line[2] = Value::text(name(&of.lead));
            line[3] = Value::text(supports.join("、"));
            line[4] = Value::text("负责人");
            line[6] = Value::Date("2009-06-30".to_owned());
            for above in board.of_kind("subdistrict") {
                for unit in std::iter::once(above).chain(board.communities(above.id)) {
                    let community = if unit.id == above.id { "" } else { &unit.name };
                    let post = &board.posts_of(unit.id).next().expect("a post").name;
                    shares
                        .push([of.code.as_str(), &above.name, community, post, "2009-06-30"].map(Value::text).to_vec());
                }
            }
        }
        assert_eq!(shares.len(), 53 * 57);
        sheets[1].rows.extend(shares);
        let bytes = xlsx_of_sheets(&sheets).expect("a workbook");
        let begun = Instant::now();
        let (_, preview) = district.stage.upload(&district.office, "/duty/import", "t.xlsx", &bytes).await;
        let shown = begun.elapsed();
        let (status, to) = district.write(&preview).await;
        let took = begun.elapsed();
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/duty/acts"));
        let board = district.board().await;
        println!(
            "{}: {} duties loaded in {took:?}, uploaded and read in {shown:?}",
            district.name(),
            board.duties.len()
        );
        assert!(board.duties.len() >= 53 * 58, "{}", board.duties.len());
        assert!(took.as_secs_f64() < 5.0 || cfg!(debug_assertions), "{took:?}");
        assert!(took.as_secs_f64() < 30.0, "{took:?}");
        for of in &pack.indicators {
            assert_eq!(board.find(|one| one.part == Part::Lead && one.indicator == of.code).count(), 1);
        }
    }
}
