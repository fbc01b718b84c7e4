//! Lists, forms, records, both values.

use axum::{body::Body, http::Method};

use super::*;

fn sound<'a>(unit: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("unit", unit), ("name", name), ("heads", "１2"), ("open", "true"), ("kind", "rebuild"), ("area", "1,459.0")]
}

#[tokio::test]
async fn every_address_answers_a_whole_page_and_the_part_only_to_whom_asks_for_it() {
    for house in houses().await {
        let record = house.plant(full(house.a, "老屋")).await;
        let whole = house.get(&house.keeper, "/registers/sample").await;
        assert!(whole.text.starts_with("<!DOCTYPE html>") && whole.text.contains("老屋"), "{}", whole.text);
        let part = house.send(&house.keeper, Method::GET, "/registers/sample", "part", Body::empty()).await;
        assert!(part.text.starts_with(r#"<div class="hj-tw" id="list">"#) && part.text.contains("老屋"));
        let id = record.meta.id;
        for path in [
            "/new".to_owned(),
            "/coverage".to_owned(),
            "/import".to_owned(),
            format!("/{id}"),
            format!("/{id}/edit"),
            format!("/{id}/remove"),
            format!("/{id}/act/finish"),
            format!("/{id}?version=1"),
        ] {
            let page = house.get(&house.keeper, &format!("/registers/sample{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
            assert!(page.text.starts_with("<!DOCTYPE html>") && page.text.ends_with("</html>"), "{path}");
        }
    }
}

#[tokio::test]
async fn the_address_holds_the_filter_and_the_totals_are_those_of_all_its_pages() {
    for house in houses().await {
        for n in 0..25 {
            house.plant(full(house.a, &format!("屋{n:02}"))).await;
        }
        let mut other = full(house.a, "别样");
        other.values[11] = Value::Text("new_build".into());
        house.plant(other).await;
        let page = house.get(&house.keeper, "/registers/sample?kind=rebuild&sort=-name").await.text;
        assert!(!page.contains("别样") && page.contains("屋24") && !page.contains("屋01"), "{page}");
        // 25 times 12 heads, 459.0 m² and 312,000.00 yuan.
        assert!(page.contains(">300<") && page.contains(">11,475.0<") && page.contains(">7,800,000.00<"), "{page}");
        assert!(page.contains("第 1–20 行，共 25 行"));
        let second = house.get(&house.keeper, "/registers/sample?kind=rebuild&sort=-name&page=2").await.text;
        assert!(second.contains("屋01") && second.contains(">300<"));
        let none = house.get(&house.keeper, "/registers/sample?q=%E6%B2%A1%E6%9C%89&unit=A").await.text;
        assert!(none.contains("没有符合条件的记录"));
        let odd = house.get(&house.keeper, "/registers/sample?unit=nowhere&sort=zzz&heads-from=x&page=-1&q=%00").await;
        assert_eq!(odd.status, StatusCode::OK);
        assert!(!odd.text.contains("屋01"), "a unit that is none shows nothing");
    }
}

#[tokio::test]
async fn a_record_can_be_added_changed_taken_out_and_put_back() {
    for house in houses().await {
        let unit = house.a.to_string();
        let mut form = sound(&unit, "新屋");
        form.extend([
            ("rooms[0].purpose", "rebuild"),
            ("rooms[0].size", "30.5"),
            ("rooms[3].purpose", "rebuild"),
            ("rooms[3].size", "2"),
        ]);
        let added = house.post(&house.keeper, "/registers/sample/new", &form).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
        let place = added.location();
        let place = place.split('?').next().unwrap_or_default().to_owned();
        let page = house.get(&house.keeper, &place).await.text;
        assert!(page.contains("1,459.0 m²") && page.contains("32.5"), "child rows are added up: {page}");
        let id: Uuid = place.rsplit('/').next().and_then(|t| t.parse().ok()).expect("an id");
        let rooms = house.stored(id).await.children[0].clone();
        assert_eq!(rooms.len(), 2, "blank rows are none");
        let (first, last) = (rooms[0].id.to_string(), rooms[1].id.to_string());
        let mut form = sound(&unit, "新屋");
        form.extend([
            ("version", "1"),
            ("area", "1500"),
            ("rooms[0].id", &first),
            ("rooms[0].purpose", "rebuild"),
            ("rooms[0].size", "31"),
            ("rooms[1].id", &last),
            ("rooms[1].purpose", "rebuild"),
            ("rooms[1].size", "2"),
            ("rooms[1].drop", "true"),
        ]);
        let changed = house.post(&house.keeper, &format!("{place}/edit"), &form).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
        let stored = house.stored(id).await;
        assert_eq!(stored.get(DEF, "area"), &Value::Int(15_000));
        assert_eq!(stored.children[0].iter().map(|r| r.id).collect::<Vec<_>>(), [rooms[0].id], "the row kept its id");
        let page = house.get(&house.keeper, &place).await.text;
        assert!(
            page.contains("<del>1,459.0</del>")
                && page.contains("<ins>1,500.0</ins>")
                && page.contains("首次填报 1,459.0")
        );
        let old = house.get(&house.keeper, &format!("{place}?version=1")).await.text;
        assert!(old.contains("第 1 版，旧") && !old.contains("/edit"), "an old version cannot be changed");
        let without = house.post(&house.keeper, &format!("{place}/remove"), &[("version", "2"), ("reason", " ")]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let removed =
            house.post(&house.keeper, &format!("{place}/remove"), &[("version", "2"), ("reason", "重复登记")]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER);
        assert!(!house.get(&house.keeper, "/registers/sample").await.text.contains("新屋"));
        assert!(house.get(&house.keeper, "/registers/sample?removed=1").await.text.contains("重复登记"));
        let restored = house.post(&house.keeper, &format!("{place}/restore"), &[("version", "3")]).await;
        assert_eq!(restored.status, StatusCode::SEE_OTHER);
        assert!(house.get(&house.keeper, "/registers/sample").await.text.contains("新屋"));
    }
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once_and_what_was_typed_is_kept() {
    for house in houses().await {
        let unit = house.a.to_string();
        let form = [
            ("unit", unit.as_str()),
            ("name", ""),
            ("heads", "-1"),
            ("area", "4,59"),
            ("rate", "0.12345"),
            ("cost", "十元"),
            ("open", "maybe"),
            ("heated", "maybe"),
            ("begun", "2009-13-01"),
            ("ended", "2009-02-30"),
            ("kind", "shed"),
            ("other", "x"),
            ("number", "甲"),
            ("rooms[2].purpose", "x"),
            ("rooms[2].size", "0"),
        ];
        let answer = house.post(&house.keeper, "/registers/sample/new", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["name", "heads", "area", "rate", "cost", "open", "heated", "begun", "ended", "kind", "other"] {
            assert!(
                answer.text.contains(&format!("href=\"#f-{field}\"")),
                "{field} is not in the summary: {}",
                answer.text
            );
        }
        for cell in ["f-rooms-2--purpose", "f-rooms-2--size"] {
            assert!(
                answer.text.contains(&format!("href=\"#{cell}\"")) && answer.text.contains(&format!("id=\"{cell}\"")),
                "{cell}"
            );
        }
        for typed in ["4,59", "0.12345", "十元", "2009-13-01", "2009-02-30", "甲"] {
            assert!(answer.text.contains(&format!("value=\"{typed}\"")), "{typed} was not kept");
        }
        assert!(!house.get(&house.keeper, "/registers/sample").await.text.contains("甲"), "nothing was written");
    }
}

#[tokio::test]
async fn a_secret_is_never_shown_whole_and_stays_when_its_control_is_left_empty() {
    for house in houses().await {
        let record = house.plant(full(house.a, "密")).await;
        let place = format!("/registers/sample/{}", record.meta.id);
        let unit = house.a.to_string();
        for path in [
            place.clone(),
            format!("{place}/edit"),
            "/registers/sample".into(),
            "/registers/sample.csv".into(),
            format!("/api/v1{place}"),
            format!("/api/v1{place}/history"),
        ] {
            let page = house.get(&house.keeper, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.text.contains("13873600000") && !page.text.contains("钥匙在何勇处"), "{path} shows a secret");
        }
        let rows: Vec<(String, String)> = super::super::typed::Typed::of(DEF, &record).pairs(DEF);
        let mut form: Vec<(&str, &str)> = rows.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        form.retain(|(n, _)| !["unit", "heads"].contains(n));
        form.extend([("unit", unit.as_str()), ("heads", "13"), ("version", "1")]);
        let saved = house.post(&house.keeper, &format!("{place}/edit"), &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
        let stored = house.stored(record.meta.id).await;
        assert_eq!(stored.get(DEF, "phone"), &Value::Secret("13873600000".into()));
        assert_eq!(stored.children, record.children, "secrets of rows stay as well");
        form.retain(|(n, _)| *n != "version");
        form.extend([("version", "2"), ("phone.clear", "true")]);
        let cleared = house.post(&house.keeper, &format!("{place}/edit"), &form).await;
        assert_eq!(cleared.status, StatusCode::SEE_OTHER, "{}", cleared.text);
        assert!(house.stored(record.meta.id).await.get(DEF, "phone").is_null());
    }
}

#[tokio::test]
async fn a_stale_save_writes_nothing_shows_both_values_and_goes_on_by_choice() {
    for house in houses().await {
        let record = house.plant(full(house.a, "两人")).await;
        let place = format!("/registers/sample/{}/edit", record.meta.id);
        let typed = super::super::typed::Typed::of(DEF, &record).pairs(DEF);
        let form = |changes: &[(&'static str, &'static str)], version: &'static str| -> Vec<(String, String)> {
            let mut form: Vec<(String, String)> =
                typed.iter().filter(|(n, _)| !changes.iter().any(|(c, _)| c == n)).cloned().collect();
            form.extend(changes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            form.push(("version".to_owned(), version.to_owned()));
            form
        };
        let send = async |actor: &Actor, form: Vec<(String, String)>| {
            let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            house.post(actor, &place, &form).await
        };
        let first =
            send(&house.second, form(&[("area", "492.0"), ("heads", "20"), ("phone", "13900001111")], "1")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
        let mine: &[(&str, &str)] = &[("area", "500"), ("cost", "400000")];
        let stale = send(&house.keeper, form(mine, "1")).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(
            stale.text.contains("何勇在") && stale.text.contains("492.0") && stale.text.contains("500.0"),
            "{}",
            stale.text
        );
        assert!(
            stale.text.contains(r#"name="pick.area""#) && !stale.text.contains(r#"name="pick.heads""#),
            "one choice only"
        );
        assert!(
            !stale.text.contains("13900001111") && stale.text.contains("已更换"),
            "a secret says only that it changed"
        );
        assert_eq!(house.stored(record.meta.id).await.meta.version, 2, "nothing was written");
        let again = |choice: &[(&'static str, &'static str)]| {
            let mut form = form(mine, "2");
            form.push(("base".to_owned(), "1".to_owned()));
            form.extend(choice.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            form
        };
        let missing = send(&house.keeper, again(&[])).await;
        assert_eq!(missing.status, StatusCode::CONFLICT);
        assert!(missing.text.contains("还有项目没有选择"));
        let chosen = send(&house.keeper, again(&[("pick.area", "mine")])).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
        let stored = house.stored(record.meta.id).await;
        assert_eq!(stored.get(DEF, "area"), &Value::Int(5000), "my choice");
        assert_eq!(stored.get(DEF, "cost"), &Value::Int(40_000_000), "my own change");
        assert_eq!(stored.get(DEF, "heads"), &Value::Int(20), "the other's own change is not lost");
        assert_eq!(stored.get(DEF, "phone"), &Value::Secret("13900001111".into()), "nor is the other's secret");
        assert_eq!(stored.children, record.children);
    }
}

#[tokio::test]
async fn an_act_of_the_lifecycle_says_what_stands_in_its_way_and_asks_for_its_reason() {
    for house in houses().await {
        let mut draft = full(house.a, "办");
        draft.values[4] = Value::Null;
        let record = house.plant(draft).await;
        let place = format!("/registers/sample/{}", record.meta.id);
        assert!(house.get(&house.keeper, &place).await.text.contains("disabled"), "the area is missing");
        let ready = house.plant(full(house.a, "办成")).await;
        let place = format!("/registers/sample/{}", ready.meta.id);
        assert!(house.get(&house.keeper, &place).await.text.contains("/act/finish"));
        assert!(!house.get(&house.reader, &place).await.text.contains("/act/finish"));
        let without = house.post(&house.keeper, &format!("{place}/act/finish"), &[("version", "1")]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", without.text);
        let done =
            house.post(&house.keeper, &format!("{place}/act/finish"), &[("version", "1"), ("reason", "验收")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        assert_eq!(house.stored(ready.meta.id).await.meta.state, "done");
    }
}
