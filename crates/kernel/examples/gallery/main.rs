//! Writes the components as pages, to be looked at: `cargo run -p hejian-kernel --example gallery -- FOLDER [CSS-LINK …]`.
//!
//! The files `list.html`, `form.html`, `parts.html`, `login.html`, `problem.html` (and `-dark`, `-en`) come out. With the assets built
//! they link those of `web/dist`; further arguments are linked as style sheets, and a file `sprite.svg` given among them is put in.
//! The figures are invented.

mod parts;

use std::path::Path;

use chrono::{TimeZone, Utc};
use hejian_kernel::i18n::{Lang, format};
use hejian_kernel::ui::bars::{BarTone, bar, dots};
use hejian_kernel::ui::buttons::{Kind, link_button, named_button, print_button, submit_button};
use hejian_kernel::ui::detail::{Drawer, definitions};
use hejian_kernel::ui::feedback::note;
use hejian_kernel::ui::files::{FileRow, figures, file_rows};
use hejian_kernel::ui::filter::FilterBar;
use hejian_kernel::ui::form::{
    Choice, Control, Field, error_summary, form_section, post_form_draft, required_note, save_bar,
};
use hejian_kernel::ui::head::{PageHead, Tab, panel_pad, tabs, tabs_with};
use hejian_kernel::ui::lamp::{Tone, tag};
use hejian_kernel::ui::pager::{batch_bar, pager};
use hejian_kernel::ui::problem::{Problem, problem_page};
use hejian_kernel::ui::query::Query;
use hejian_kernel::ui::shell::{
    Crumb, NavGroup, NavItem, PostChoice, Shell, Theme, UserBox, bare_page, demo_mark, page,
};
use hejian_kernel::ui::table::{Cell, Column, Phone, Row, Table, table_box};
use hejian_kernel::ui::timeline::{FieldDiff, TimelineEntry, timeline};
use hejian_kernel::ui::{Markup, html, icon_small};

fn shell(lang: Lang, theme: Theme) -> Shell {
    let post = |id: &str, label: &str, current, badge: &str| PostChoice {
        id: id.into(),
        label: label.into(),
        current,
        badge: Some(badge.into()),
    };
    let item = NavItem::new;
    Shell {
        lang,
        theme,
        title: "社区用房".into(),
        crumbs: vec![Crumb::to("夯实基础", "#"), Crumb::here("社区用房")],
        nav: vec![
            NavGroup::top(vec![
                item("待办", "list.html").icon("todo").badge(25, true),
                item("创建看板", "parts.html").icon("dash"),
            ]),
            NavGroup::new(
                "found",
                "夯实基础",
                vec![
                    item("组织机构", "#"),
                    item("社区规模调整", "#"),
                    item("社区用房", "list.html").current(true),
                    item("部门数据", "#"),
                ],
            ),
            NavGroup::new(
                "task",
                "细化任务 · 落实责任",
                vec![item("督办", "#").badge(2, true), item("评分与差距", "parts.html")],
            ),
            NavGroup::new("gear", "系统", vec![item("用户与岗位", "#"), item("审计日志", "#")]),
        ],
        tabbar: vec![
            item("待办", "#").icon("todo"),
            item("看板", "#").icon("dash"),
            item("台账", "#").icon("found").current(true),
            item("检查", "#").icon("cam"),
        ],
        user: Some(UserBox {
            name: "周明".into(),
            post: "区社区办 · 综合科科长".into(),
            posts: vec![
                post("1", "区社区办 · 综合科科长", true, "主岗 25"),
                post("2", "创建办 · 联络员", false, "兼任 6"),
                post("3", "驻体育东路社区工作组 · 组长", false, "至 12-31　3"),
            ],
            profile: Some("#".into()),
        }),
        demo: true,
        district: "武陵区和谐社区创建平台".into(),
        path: "/premises?sub=S4".into(),
        account: "a1".into(),
        search: Some("/search".into()),
        imprint: "主办：武陵区民政局、区社区建设工作办公室".into(),
        ..Shell::default()
    }
}

/// Community, subdistrict, works, state, floor area, norm, cost in 万元 (0 decimals of area: 1; cost: 1), evidence there.
type Sample = (&'static str, &'static str, &'static str, (Tone, &'static str), i64, i64, i64, usize);

const PREMISES: [Sample; 12] = [
    ("纺织村社区", "城西", "—", (Tone::Blue, "已提请"), 0, 4844, 0, 0),
    ("德山老街社区", "德山", "—", (Tone::Line, "无用房"), 0, 4792, 0, 0),
    ("西园社区", "城西", "—", (Tone::Blue, "已提请"), 0, 4478, 0, 0),
    ("仙源里社区", "三岔路", "—", (Tone::Accent, "在建"), 0, 4356, 0, 0),
    ("军民村社区", "城北", "改建", (Tone::Yellow, "面积不足"), 4590, 4892, 312, 3),
    ("孤峰里社区", "德山", "新建", (Tone::Green, "已验收"), 5100, 4828, 564, 3),
    ("建设东路社区", "城东", "新建", (Tone::Green, "已验收"), 4820, 4308, 482, 3),
    ("北苑社区", "城北", "新建", (Tone::Green, "已验收"), 5380, 4832, 498, 2),
    ("百街口社区", "城南", "新建", (Tone::Green, "已验收"), 4880, 4156, 439, 3),
    ("青阳阁社区", "城南", "改建", (Tone::Green, "已验收"), 5130, 4040, 372, 3),
    ("半边街社区", "城东", "新建", (Tone::Green, "已验收"), 5490, 4320, 482, 3),
    ("枉水里社区", "德山", "改建", (Tone::Green, "已验收"), 5670, 4486, 401, 1),
];

fn list(shell: &Shell) -> Markup {
    let lang = shell.lang;
    let query = Query::parse("/premises?sort=gap&page=1");
    let columns = vec![
        Column::text("社区").class("nowrap"),
        Column::text("街道").phone(Phone::Inline).class("nowrap"),
        Column::text("方式").phone(Phone::Hidden),
        Column::text("状态").phone(Phone::Inline).class("st"),
        Column::num("建筑面积").unit("m²").sort(&query, "area").class("b"),
        Column::num("标准").unit("m²"),
        Column::num("差额").unit("m²").sort(&query, "gap"),
        Column::num("造价").unit("万元").phone(Phone::Hidden),
        Column::text("佐证").centre().phone(Phone::Hidden).class("cd2"),
    ];
    let rows = PREMISES.iter().enumerate().map(|(i, (name, sub, works, (tone, state), area, norm, cost, there))| {
        let short = area < norm;
        Row::new(vec![
            html! { a.title href="#" { (name) } @if i == 1 { " " (tag(Tone::Line, "重点")) } }.into(),
            (*sub).into(),
            (*works).into(),
            tag(*tone, state).into(),
            format::or_dash((*area > 0).then(|| format::decimal(*area, 1))).into(),
            format::decimal(*norm, 1).into(),
            Cell::from(format::signed(area - norm, 1)).class(if short { "down" } else { "" }),
            format::or_dash((*cost > 0).then(|| format::decimal(*cost, 1))).into(),
            dots(*there, 3, "产权、平面图、照片").into(),
        ])
        .check(i.to_string(), *name)
        .selected(i == 4)
        .id(format!("row-{i}"))
    });
    let table = Table::new(lang, "社区用房登记表", columns).class("reg").selectable("batch").rows(rows).foot(vec![
        Cell::from("合计 51 个社区，其中有用房 40 处（不限本页）").span(4),
        "29,640.0".into(),
        "22,591.4".into(),
        "+7,048.6".into(),
        "2,402.0".into(),
        "".into(),
    ]);
    let subs = ["城东街道", "城南街道", "城西街道", "城北街道", "三岔路街道", "德山街道"].map(|s| Choice::new(s, s));
    let views = [
        Tab::new("全部", "#", true).count(51),
        Tab::new("未达标", "#", false).count(12),
        Tab::new("佐证不全", "#", false).count(6),
    ];
    let entry = TimelineEntry {
        at: Utc.with_ymd_and_hms(2008, 12, 4, 3, 20, 0).single().unwrap_or_default(),
        who: "陈芳（区民政局）".into(),
        what: html! {},
        fields: vec![FieldDiff {
            label: "建筑面积".into(),
            unit: "m²".into(),
            before: Some("465.0".into()),
            after: Some("459.0".into()),
        }],
    };
    let drawer = Drawer::new(lang, "detail", "军民村社区用房", "list.html")
        .over("YF-0031 · 城北街道")
        .act(link_button("修改", "form.html", "", Kind::Small))
        .tabs(tabs("军民村社区用房", &[Tab::new("概况", "#", true), Tab::new("附件", "#", false).count(3), Tab::new("记录", "#", false).count(6)]))
        .part(html! {
            div.flex.sm {
                b.big { "459.0" small { " m²" } }
                span.dim2 { "标准 489.2 m²，差 " b.down { "30.2 m²" } }
            }
            (bar(0.765, 0.0, Some(0.815), BarTone::Yellow, "现有 459.0，标准 489.2"))
            p.xs.dim.mt { "标准 = max(300，2,446 户 ÷ 100 × 20)。补足后 " a href="parts.html" { "D02" } " 由 39 增为 40 个社区。" }
        })
        .part(definitions(&[
            ("状态", html! { (tag(Tone::Yellow, "面积不足")) "　2005-11 验收" }),
            ("建设方式", html! { "改建（原军民村居委会平房）" }),
            ("造价", html! { "31.2 万元　" span.dim { "区 20.0，街道 11.2" } }),
        ]))
        .section("附件", html! {
            (figures(&[]))
            (file_rows(&[FileRow { name: "二楼扩建平面图.dwg".into(), href: "#".into(), size: 819_200, kind: "平面图".into(), ..FileRow::default() }]))
        })
        .section("记录", timeline(lang, &[entry]))
        .foot(html! { (submit_button("交办", Kind::Primary)) (print_button("打印登记卡")) a.btn.btn-quiet.end href="#" { "独立页打开" } });
    let body = html! {
        (PageHead::new(lang, "社区用房").demo(true).meta("每个社区一行，面积、造价、验收的唯一来源")
            .act(link_button("导入 Excel", "#", "import", Kind::Plain))
            .act(link_button("导出 Excel", "#", "export", Kind::Plain))
            .act(link_button("新增", "form.html", "plus", Kind::Primary)))
        (tabs_with("已存视图", &views, html! { button.dim type="button" { (icon_small("save")) "存为视图" } }))
        (FilterBar::new(lang, &query).select("sub", "街道", &subs).select("state", "状态", &[]).search("q", "查找", "社区、地址、编号")
            .more_select("works", "方式", &[Choice::new("new", "新建"), Choice::new("rebuild", "改建")]).more_text("since", "完工不早于", "2009-01"))
        (table_box("list", html! { (table) }, html! {
            (pager(lang, &query, 1, 20, 51))
            (batch_bar(lang, "batch", "/premises/batch", html! { (named_button("导出", "act", "export", Kind::Small)) (named_button("催办", "act", "remind", Kind::Small)) }))
        }))
        (drawer)
    };
    page(&Shell { body_class: "has-drawer".into(), ..shell.clone() }, body)
}

fn form(shell: &Shell) -> Markup {
    let lang = shell.lang;
    let text = |v: &str| Control::Text(v.into());
    let number = |v: &str| Control::Number(v.into());
    let works = vec![Choice::new("rebuild", "改建"), Choice::new("new", "新建"), Choice::new("bought", "购置")];
    let wrong = "比上次（459.0 m²）小 89%。如确为 49.2，请在“说明”写明原因；可能应为 492.0。";
    let f = |name: &str, label: &str, control| Field::new(lang, name, label, control);
    let body = html! {
        (PageHead::new(lang, "修改 军民村社区用房").demo(true).meta("草稿自动保存于 10:42")
            .act(link_button("修改记录", "#", "clock", Kind::Plain)).act(link_button("放弃修改", "#", "", Kind::Plain)))
        div.form-grid {
            (post_form_draft("/premises/31", true, "premises/31", 7, html! {
                (error_summary(lang, &[("area".into(), "建筑面积：填的是 49.2，比上次小九成，请核对单位".into()), ("by".into(), "验收单位：必填".into())]))
                (form_section("基本情况", required_note(lang), html! {
                    (f("community", "社区", text("军民村社区")).readonly(true).source("带入自 组织机构"))
                    (f("households", "户数", number("2,446")).unit("户").readonly(true).source_markup(html! { "带入自 组织机构，2009-05-31　" a href="#" { "数不对？" } }))
                    (f("name", "用房名称", text("军民村社区用房")).required(true))
                    (f("works", "建设方式", Control::Select(works.clone(), "rebuild".into())).required(true))
                    (f("address", "地址", text("军民村 12 栋一、二层")).required(true).wide(true).help("写到门牌和楼层，督导检查按此核对定位。"))
                }))
                (form_section("面积与投资", html! {}, html! {
                    (f("area", "建筑面积", number("49.2")).unit("m²").required(true).error(Some(wrong)))
                    (f("active", "其中居民活动", number("300.0")).unit("m²").help("不少于建筑面积的六成。").check("/premises/check"))
                    (f("norm", "标准面积", number("489.2")).unit("m²").readonly(true).source("自动计算 max(300，2,446÷100×20)"))
                    (f("cost", "造价", number("37.40")).unit("万元").required(true).help("按决算数填，没有决算的填概算并勾选“概算”。"))
                    (f("estimate", "概算", Control::Checkbox("没有决算，按概算填".into(), true)))
                    (f("rooms", "功能室", Control::Checks(vec![Choice::new("a", "办事大厅"), Choice::new("b", "警务室"), Choice::new("c", "图书室")], vec!["a".into()])))
                }))
                (form_section("进度与验收", html! {}, html! {
                    (f("begun", "开工日期", Control::Date("2009-06-15".into())).placeholder("2009-06-22"))
                    (f("by", "验收单位", Control::Select(vec![Choice::new("1", "区民政局").group("单独"), Choice::new("2", "区民政局、区建设局").group("联合")], String::new())).required(true).error(Some("请选择验收单位。")))
                    (f("title", "权属", Control::Radio(vec![Choice::new("deed", "产权证"), Choice::new("lease", "租用合同")], "deed".into())).wide(true))
                    (f("papers", "附件", Control::File(".pdf,image/*".into(), true)).help("产权证或移交协议、平面图、照片各至少一份。").wide(true))
                    (f("remark", "说明", Control::TextArea(String::new(), 2)).placeholder("与上次差别大的数字，请写原因").wide(true))
                }))
                (save_bar(html! { (submit_button("提交街道审核", Kind::Primary)) (named_button("存草稿", "act", "draft", Kind::Plain)) },
                    "提交后由城北街道分管主任审核，时限 3 个工作日（至 06-25）。", Some(("list.html", "返回列表"))))
            }))
            aside.stack {
                (panel_pad("本次填报", html! {}, html! {
                    div.flex { span.grow { "需手工填" } b.big { "9" small { " 项" } } }
                    (bar(0.692, 0.0, None, BarTone::Accent, ""))
                    p.xs.dim.mt { "共 13 项，4 项由其他台账带入，不用再填。" }
                }))
            }
        }
    };
    page(&Shell { title: "修改 军民村社区用房".into(), ..shell.clone() }, body)
}

fn login(shell: &Shell) -> Markup {
    let lang = shell.lang;
    let facts = [("指标", "53"), ("区直单位", "38"), ("街道", "6"), ("社区", "51")];
    bare_page(
        &Shell { title: "登录".into(), user: None, ..shell.clone() },
        html! {
            section.lg-l {
                p.dim2 { "常德市武陵区" }
                h1 { (shell.district) }
                p.dim2 { "依据民发〔2008〕142 号指导标准（重构版）。供区直单位、街道、社区和督导组使用。" }
                dl.lg-n { @for (name, figure) in facts { div { dt { (name) } dd { (figure) } } } }
            }
            form.hj-panel.lg-f method="post" action="/session" novalidate {
                header { h2 { "登录" } span.acts { (demo_mark(lang)) } }
                div.pad {
                    (note(Tone::Red, html! { "账号或密码不对。再错 3 次，账号锁定 30 分钟。" }, html! {}))
                    div.lf { label for="u" { "账号" } input.form-control id="u" name="name" autocomplete="username" value="zhouming"; }
                    div.lf { label for="p" { "密码" } input.form-control id="p" name="password" type="password" autocomplete="current-password"; }
                    button.btn.btn-primary.lg-b type="submit" { "登录" }
                }
                footer { "账号由本单位系统管理员开通，首次登录须改密码。" }
            }
        },
    )
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "gallery".to_owned());
    let extra: Vec<String> = args.collect();
    std::fs::create_dir_all(&folder)?;
    let mut head = String::new();
    let mut sprite = String::new();
    for item in &extra {
        if item.ends_with(".svg") {
            sprite = std::fs::read_to_string(item)?
        } else {
            head.push_str(&format!("<link rel=\"stylesheet\" href=\"{item}\">"))
        }
    }
    let looks = [("", Lang::ZhCn, Theme::Light), ("-dark", Lang::ZhCn, Theme::Dark), ("-en", Lang::En, Theme::Light)];
    for (suffix, lang, theme) in looks {
        let shell = shell(lang, theme);
        let problem = Problem::of(lang, 403).reference("0197-4c1e");
        let pages = [
            ("list", list(&shell)),
            ("form", form(&shell)),
            ("parts", parts::parts(&shell)),
            ("login", login(&shell)),
            ("problem", problem_page(&shell, &problem)),
            ("problem-bare", problem_page(&Shell { user: None, ..shell.clone() }, &problem)),
        ];
        for (name, markup) in pages {
            let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist/");
            let text = markup.into_string().replace("/assets/", dist).replace("</head>", &format!("{head}</head>"));
            let text = if sprite.is_empty() {
                text
            } else {
                text.replacen("<a class=\"hj-skip\"", &format!("{sprite}<a class=\"hj-skip\""), 1)
            };
            std::fs::write(Path::new(&folder).join(format!("{name}{suffix}.html")), text)?;
        }
    }
    println!("wrote {} pages to {folder}", looks.len() * 6);
    Ok(())
}
