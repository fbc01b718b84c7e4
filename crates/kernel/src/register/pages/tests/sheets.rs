//! Export and import.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::*;

/// Uploads a file and answers the address of its preview.
async fn previewed(house: &House, actor: &Actor, name: &str, bytes: &[u8]) -> String {
    let sent = house.upload(actor, "/registers/sample/import", name, bytes).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    sent.location()
}

/// Confirms what a preview shows.
async fn write(house: &House, actor: &Actor, place: &str) -> Answer {
    let page = house.get(actor, place).await.text;
    let field = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    house.post(actor, place, &[("seen", &field("seen")), ("mode", &field("mode"))]).await
}

fn random(chance: &mut StdRng, unit: Uuid, n: usize) -> Draft {
    const TEXTS: [&str; 10] =
        ["=1+1", "'=x", "@x", "-5", "-x", "a\"b,c", "甲；乙", "''", "军民村 12 栋\t二层", "+8613873600000"];
    let mut draft = full(unit, &format!("行{n}"));
    for (at, field) in DEF.fields.iter().enumerate() {
        let text = TEXTS[chance.random_range(0..TEXTS.len())];
        match draft.values[at] {
            _ if field.name == "number" => {}
            _ if !field.required && chance.random_bool(0.3) => draft.values[at] = Value::Null,
            Value::Text(_) if matches!(field.name, "name" | "about") => {
                draft.values[at] = Value::Text(format!("{text}{}", if n.is_multiple_of(2) { "" } else { "\"" }))
            }
            Value::Int(_) => draft.values[at] = Value::Int(chance.random_range(0..100_000)),
            _ => {}
        }
    }
    draft
}

#[tokio::test]
async fn what_is_exported_and_imported_again_changes_nothing() {
    for house in houses().await {
        let mut chance = StdRng::seed_from_u64(7);
        for n in 0..40 {
            house.plant(random(&mut chance, house.a, n)).await;
        }
        let file = house.get(&house.keeper, "/registers/sample.csv").await;
        assert!(file.bytes.starts_with(b"\xEF\xBB\xBF"));
        let cells = csv::ReaderBuilder::new()
            .from_reader(file.bytes.as_slice())
            .into_records()
            .map(|r| r.expect("a row"))
            .collect::<Vec<_>>();
        assert_eq!(cells.len(), 40);
        for cell in cells.iter().flat_map(|r| r.iter()) {
            assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell}");
        }
        let before = crate::db::dump::dump(&house.test.db).await.expect("dumps");
        let place = previewed(&house, &house.keeper, "sample.csv", &file.bytes).await;
        let page = house.get(&house.keeper, &format!("{place}&show=all")).await.text;
        assert!(page.contains("没有可写入的行"), "{page}");
        assert_eq!(
            page.matches(r#"<tr class="err">"#).count() + page.matches(r#"<tr class="chg">"#).count(),
            0,
            "{page}"
        );
        let after = crate::db::dump::dump(&house.test.db).await.expect("dumps");
        assert_eq!(before, after, "a preview writes nothing");
    }
}

#[tokio::test]
async fn errors_stand_at_their_cells_with_the_remedy_and_only_sound_rows_are_written() {
    for house in houses().await {
        let old = house.plant(full(house.a, "旧")).await;
        let text = "unit,NUMBER,name,heads,open,kind,area,unknown\n\
                    军民村社区,N-旧,旧,13,是,rebuild,460.0,x\n\
                    军民村社区,N-1,新甲,1,否,new_build,,x\n\
                    军民社区,N-2,错甲,1,是,rebuild,,x\n\
                    A,N-3,错乙,120.5,也许,shed,4,\n\
                    A,N-1,重复,2,是,rebuild,,x\n";
        let place = previewed(&house, &house.keeper, "清单.csv", &encoding_rs::GB18030.encode(text).0).await;
        let page = house.get(&house.keeper, &place).await.text;
        assert!(page.contains("GB18030") && page.contains("写入 2 行，跳过 3 行错误"), "{page}");
        assert!(page.contains("是否指“军民村社区”？") && page.contains("“shed”不在可选项里"), "{page}");
        assert!(page.contains("<del>459.0</del>") && page.contains("这些列没有用到：unknown"), "{page}");
        assert!(page.contains("和第 3 行是同一条记录"), "a record comes once in a file: {page}");
        assert!(
            house.get(&house.neighbour, &place).await.status == StatusCode::NOT_FOUND,
            "another's upload is not opened"
        );
        let (path, query) = place.split_once('?').expect("a query");
        let marked = house.get(&house.keeper, &format!("{path}/rows.csv?{query}")).await;
        assert!(
            marked.text.contains("问题")
                && marked.text.contains("是否指“军民村社区”？")
                && marked.text.lines().count() == 6,
            "{}",
            marked.text
        );
        let written = write(&house, &house.keeper, &place).await;
        assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
        let done = house.get(&house.keeper, &written.location()).await.text;
        assert!(done.contains("新增 1 行，变更 1 行，跳过 3 行"), "{done}");
        let changed = house.stored(old.meta.id).await;
        assert_eq!((changed.get(DEF, "area"), changed.get(DEF, "heads")), (&Value::Int(4600), &Value::Int(13)));
        assert_eq!(changed.get(DEF, "phone"), old.get(DEF, "phone"), "a column that is absent changes nothing");
        assert_eq!(changed.children, old.children);
        let undone = house.post(&house.keeper, &format!("{}/undo", written.location()), &[]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
        assert_eq!(house.stored(old.meta.id).await.get(DEF, "area"), &Value::Int(4590), "the change is taken back");
        let twice = house.post(&house.keeper, &format!("{}/undo", written.location()), &[]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        let report =
            crate::audit::verify(&mut house.test.read().await, &house.test.keys, &[DEF], None).await.expect("verifies");
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}

#[tokio::test]
async fn an_import_is_checked_again_when_the_data_changed_since_the_preview() {
    for house in houses().await {
        let old = house.plant(full(house.a, "旧")).await;
        let file = house.get(&house.keeper, "/registers/sample.csv").await.text.replace("459.0", "461.0");
        let place = previewed(&house, &house.keeper, "sample.csv", file.as_bytes()).await;
        let seen = house.get(&house.keeper, &place).await.text;
        let digest =
            seen.split("name=\"seen\" value=\"").nth(1).and_then(|t| t.get(..64)).expect("a digest").to_owned();
        let api = format!("/api/v1/registers/sample/{}", old.meta.id);
        let saved = house
            .json(
                &house.second,
                axum::http::Method::PUT,
                &api,
                &serde_json::json!({ "version": 1, "values": { "heads": 77 } }),
            )
            .await;
        assert_eq!(saved.status, StatusCode::OK);
        let answer = house.post(&house.keeper, &place, &[("seen", &digest), ("mode", "all")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(
            answer.text.contains("核对之后数据有变化") && answer.text.contains("文件取自第 1 版，现在是第 2 版"),
            "{}",
            answer.text
        );
        assert_eq!(house.stored(old.meta.id).await.get(DEF, "heads"), &Value::Int(77));
    }
}

#[tokio::test]
async fn a_masked_secret_in_a_file_keeps_the_stored_one_and_never_becomes_one() {
    for house in houses().await {
        let old = house.plant(full(house.a, "旧")).await;
        let api = format!("/api/v1/registers/sample/{}", old.meta.id);
        let body = serde_json::json!({ "version": 1, "values": { "phone": "13900001111" } });
        let saved = house.json(&house.second, axum::http::Method::PUT, &api, &body).await;
        assert_eq!(saved.status, StatusCode::OK);
        let text = "unit,number,name,heads,open,kind,phone\n\
                    A,N-旧,旧,13,true,rebuild,••••0000\n\
                    A,N-新,新,1,true,rebuild,••••0000\n";
        let place = previewed(&house, &house.keeper, "清单.csv", text.as_bytes()).await;
        assert_eq!(write(&house, &house.keeper, &place).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.stored(old.meta.id).await.get(DEF, "phone"), &Value::Secret("13900001111".into()));
        let list = house.get(&house.keeper, "/api/v1/registers/sample?number=N-%E6%96%B0").await.json();
        assert_eq!(list["records"][0]["values"]["phone"], serde_json::Value::Null, "{list}");
    }
}

#[tokio::test]
async fn a_file_reaches_no_unit_and_no_record_outside_the_scope_and_nobody_takes_back_anothers_import() {
    for house in houses().await {
        let old = house.plant(full(house.a, "旧")).await;
        let text = format!(
            "id,unit,number,name,heads,open,kind\n\
             {},A,N-旧,改名,99,true,rebuild\n\
             ,A,N-旧,改名,99,true,rebuild\n\
             ,军民村社区,N-新,越界,1,true,rebuild\n\
             ,B,N-己,本社区,1,true,rebuild\n",
            old.meta.id
        );
        let place = previewed(&house, &house.neighbour, "清单.csv", text.as_bytes()).await;
        let page = house.get(&house.neighbour, &place).await.text;
        assert_eq!(page.matches(r#"<tr class="err">"#).count(), 3, "{page}");
        assert!(!page.contains("13873600000") && !page.contains("第一行"), "{page}");
        let written = write(&house, &house.neighbour, &place).await;
        assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
        let stored = house.stored(old.meta.id).await;
        assert_eq!((stored.meta.version, &stored.values), (old.meta.version, &old.values));
        let all = house.get(&house.keeper, "/api/v1/registers/sample").await.json();
        let names: Vec<_> =
            all["records"].as_array().into_iter().flatten().filter_map(|r| r["values"]["name"].as_str()).collect();
        assert!(names.len() == 2 && names.contains(&"旧") && names.contains(&"本社区"), "{all}");
        for other in [&house.keeper, &house.reader] {
            let undone = house.post(other, &format!("{}/undo", written.location()), &[]).await;
            assert!([StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&undone.status), "{}", undone.status);
        }
    }
}
