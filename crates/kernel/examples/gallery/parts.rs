//! The parts of pages: tiles, gauge, tree, map, timeline, conflict and what else stands inside a page.

use chrono::{TimeZone, Utc};
use hejian_kernel::i18n::format;
use hejian_kernel::ui::bars::{BarTone, bar, columns, spark, strip};
use hejian_kernel::ui::buttons::{Kind, disabled_button, link_button, post_button, print_button};
use hejian_kernel::ui::conflict::{Confirm, ConflictField, ConflictView, confirm, conflict};
use hejian_kernel::ui::detail::key_figures;
use hejian_kernel::ui::feedback::{empty, job_progress, note, progress, steps, toast};
use hejian_kernel::ui::files::figures;
use hejian_kernel::ui::gauge::{Gauge, gauge};
use hejian_kernel::ui::head::{PageHead, panel, panel_foot, panel_pad};
use hejian_kernel::ui::lamp::{LampKind, Tone, lamp, tag};
use hejian_kernel::ui::map::{LegendItem, MapClass, Outline, Shape, map_svg};
use hejian_kernel::ui::query::Query;
use hejian_kernel::ui::shell::{Shell, demo_mark, page};
use hejian_kernel::ui::table::{Cell, Column, Row, Table};
use hejian_kernel::ui::tiles::{Tile, lamp_tiles, tiles};
use hejian_kernel::ui::tree::{TreeNode, Verdict, tree, tree_buttons};
use hejian_kernel::ui::{Markup, html};

/// A made-up district: a grid of bent squares over Changde.
fn shapes() -> (Vec<Shape>, Vec<Outline>) {
    let corner = |i: i32, j: i32| {
        let (x, y) = (f64::from(i), f64::from(j));
        (111.64 + 0.012 * x + 0.003 * (y * 1.7).sin(), 28.99 + 0.010 * y + 0.003 * (x * 1.3).cos())
    };
    let mut all = Vec::new();
    for i in 0..8 {
        for j in 0..6 {
            let n = (i * 7 + j * 3) % 6;
            let class = if n == 0 { MapClass::NoData } else { MapClass::Step(n as u8) };
            all.push(Shape {
                rings: vec![vec![corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]],
                class,
                label: if (i + j) % 4 == 0 { "军民村".into() } else { String::new() },
                href: Some("#".into()),
                title: format!("第 {} 社区　{}.5 分", i * 6 + j + 1, 70 + n * 5),
                stressed: i == 3 && j == 2,
            });
        }
    }
    let edge = |i0: i32, i1: i32| {
        let mut ring: Vec<_> = (i0..=i1).map(|i| corner(i, 0)).collect();
        ring.extend((1..=6).map(|j| corner(i1, j)));
        ring.extend((i0..i1).rev().map(|i| corner(i, 6)));
        ring.extend((1..6).rev().map(|j| corner(i0, j)));
        ring
    };
    let outlines = vec![
        Outline { rings: vec![edge(0, 4)], label: "城北街道".into() },
        Outline { rings: vec![edge(4, 8)], label: "城东街道".into() },
    ];
    (all, outlines)
}

pub(super) fn parts(shell: &Shell) -> Markup {
    let lang = shell.lang;
    let (areas, outlines) = shapes();
    let legend = [(1, "低于 75"), (2, "75～80"), (3, "80～85"), (4, "85～90"), (5, "90 及以上")]
        .map(|(n, label)| LegendItem::new(MapClass::Step(n), label))
        .into_iter()
        .chain([LegendItem::new(MapClass::NoData, "未评")])
        .collect::<Vec<_>>();
    let leaf = |name: &str, how: &str, value: &str, good| {
        TreeNode::new(name, value).unit("m²").how(how).href("list.html").verdict(Verdict::of(lang, good))
    };
    let root = TreeNode::new("得分", "2.00")
        .strong()
        .unit("/ 3")
        .op("分档：≥80% 得 3，70%～80% 得 2")
        .how("70% ≤ 76.47% < 80%")
        .open(true)
        .children(vec![
            TreeNode::new("达标率", "76.47%").strong().op("= 达标社区 ÷ 社区总数").how("39 ÷ 51").open(true).children(
                vec![
                    TreeNode::new("城东街道", "6 个").op("7 个社区").how("未达标 1").open(true).children(vec![
                        leaf("建设东路社区", "标准 max(300，2,154÷100×20) = 430.8", "482.0", true),
                        leaf("军民村社区", "标准 max(300，2,446÷100×20) = 489.2", "459.0", false),
                    ]),
                    TreeNode::new("城南街道", "7 个").op("8 个社区").how("未达标 1").children(vec![leaf(
                        "体育东路社区",
                        "",
                        "927.0",
                        true,
                    )]),
                    TreeNode::new("社区总数", "51 个").strong().op("2009-06-22 有效的社区").how("组织机构台账"),
                ],
            ),
            TreeNode::new("满意度", format::not_assessed(lang)).strong().op("问卷还没有收齐"),
        ]);
    let conflict_fields = [
        ConflictField {
            name: "area".into(),
            label: "建筑面积 m²".into(),
            yours: ("492.0".into(), "492.0".into()),
            theirs: ("459.0".into(), "459.0".into()),
        },
        ConflictField {
            name: "fix".into(),
            label: "补法".into(),
            yours: (String::new(), String::new()),
            theirs: ("扩建".into(), "扩建二楼活动室 33 m²".into()),
        },
        ConflictField {
            name: "cost".into(),
            label: "造价 万元".into(),
            yours: ("37.4".into(), "37.4".into()),
            theirs: ("37.4".into(), "37.4".into()),
        },
    ];
    let body = html! {
        (PageHead::new(lang, "社区办公服务用房达标率").code("D02").mark(lamp(LampKind::Yellow, "未达目标")).demo(true).meta("年度 · 按社区计比例 · 3 分")
            .act(print_button("打印")).act(link_button("加入改进计划", "#", "plus", Kind::Primary)))
        (tiles(&[
            Tile::new("现值", "76.5").unit("%").against("39 / 51 个社区"),
            Tile::new("目标", "≥ 80").unit("%").against("差 3.5 个百分点"),
            Tile::new("得分", "2.00").unit("/ 3").against("失 1.00 分").bad(true),
            Tile::new("还差", "2").unit("个社区").against("41 / 51 = 80.4%"),
            Tile::new("谁能达到", "需市级支持").words().against("用地、配建比例在市"),
        ]))
        (lamp_tiles("按灯号筛选", &[
            Tile::lamp(LampKind::Red, "逾期", "2").unit("件").against("最长逾期 3 个工作日").href("#"),
            Tile::lamp(LampKind::Blue, "督办", "1").unit("件").against("已下督办单，限期回复").href("#"),
            Tile::lamp(LampKind::Yellow, "临期", "4").unit("件").against("三个工作日内到期").href("#").current(true),
            Tile::lamp(LampKind::Green, "正常", "18").unit("件").against("期限内").href("#"),
        ]))
        div.ind-grid.mt3 {
            div.stack {
                (panel_foot("这个分怎么来的", tree_buttons(lang), html! { div.pad { (tree(lang, &[root])) } }, html! { "评分引擎 1.0 · 标准第 1 版（重构，非原文） · 取数时间 2009-06-22 08:00" }))
                section.hj-panel.mapcard { header { h2 { "社区分布" } span.acts.dim.xs { "48 个社区，边界为合成" } } (map_svg(lang, &areas, &outlines, &legend)) }
                (conflict(&ConflictView { lang, who: "陈芳（区民政局）", at: Utc.with_ymd_and_hms(2009, 6, 22, 1, 5, 0).single().unwrap_or_default(), action: "#", version: 8, fields: &conflict_fields, unchanged: &[], record_href: "list.html" }))
                (confirm(&Confirm { lang, title: "删除 军民村社区用房", consequence: html! { "记录移入回收，30 天内可恢复。" b { "D02 由 76.5% 变为 74.5%。" } }, action: "#", hidden: &[], verb: "删除", danger: true, reason: "", error: None, cancel: "list.html" }))
                (panel("到期事项", html! {}, html! {
                    (Table::new(lang, "到期事项", vec![Column::text("灯号").tight(), Column::text("事项"), Column::num("期限").sort(&Query::parse("/t?sort=due"), "due"), Column::text("操作").tight().quiet_head()])
                        .group("已逾期", "1 件")
                        .row(Row::new(vec![lamp(LampKind::Red, "逾期").into(), Cell::title("西苑社区服务大厅办事流程公示栏缺失，限期整改", "#", "督导问题 DD-2009-0316 · C04 居务公开达标率"), Cell::from(html! { "06-17" span.sub { (format::due(lang, -3)) } }).class("down"), post_button("办理", "#", &[], Kind::Small).into()]))
                        .group("正常", "1 件")
                        .row(Row::new(vec![lamp(LampKind::Grey, "未评").into(), Cell::title("召开第二季度部门联席会议", "#", "会议 · B05"), html! { "06-30" span.sub { (format::due(lang, 6)) } }.into(), link_button("查看", "#", "", Kind::Small).into()])))
                }))
            }
            aside.stack {
                (panel_foot("综合得分", demo_mark(lang), html! { div.pad.score {
                    (gauge(lang, Gauge { got: 8530, not_assessed: 300, full: 10000, pass: Some(9000), decimals: 2 }))
                    (key_figures(&[("距合格线", html! { span.down { (format::signed(-470, 2)) } }), ("未评（2 项）", html! { "3.00" }), ("较上月", html! { span.up { "+2.40" } })]))
                } }, html! { "浅色段未评；全部得满为 88.30 分。" }))
                (panel_pad("小图", html! {}, html! {
                    p.sm { "达标率 " (spark(&[Some(7.8), Some(20.0), None, Some(55.0), Some(76.5)])) " 分布 " }
                    (strip(&[72.0, 78.0, 81.0, 88.0, 90.0, 97.0], 70.0, 100.0, Some(90.0)))
                    (bar(0.86, 0.04, Some(0.9), BarTone::Accent, ""))
                    (columns(&[("2006".into(), 12.0), ("2007".into(), 25.0), ("2008".into(), 36.0), ("2009".into(), 40.0)], Some(3), "用房数逐年"))
                }))
                (panel_pad("反馈", html! {}, html! { div.stack {
                    (note(Tone::Red, html! { b { "有 3 处需要改正。" } }, html! {}))
                    (note(Tone::Yellow, html! { "离线，已记下 2 件，联网后上传。" }, link_button("查看", "#", "", Kind::Small)))
                    (note(Tone::Blue, html! { "本标准为重构，非原文。" }, html! {}))
                    (note(Tone::Green, html! { "已写入 11 行。" }, html! {}))
                    (progress("复核材料归集", "", 26, Some(28)))
                    (job_progress(lang, "导入 用房普查表.xlsx", 62, "/jobs/1/events"))
                    (disabled_button("提交", "已封存，不能修改"))
                    p { (tag(Tone::Green, "区级可办")) " " (tag(Tone::Yellow, "需市级支持")) " " (tag(Tone::Plain, "相同")) }
                    p { @for kind in [LampKind::Green, LampKind::Yellow, LampKind::Red, LampKind::Blue, LampKind::Grey] { (lamp(kind, &kind.word(lang))) "　" } }
                } }))
                (panel("空", html! {}, empty("doc", "没有未达标社区。", link_button("新增", "#", "plus", Kind::Plain))))
                (panel_pad("照片", html! {}, figures(&[])))
                (panel_pad("步骤", html! {}, steps(&["选择", "核对", "写入"], 1)))
            }
        }
    };
    let toast = Some(toast("已催办 2 件。", post_button("撤销", "#", &[], Kind::Small)));
    page(&Shell { title: "D02".into(), toast, ..shell.clone() }, body)
}
