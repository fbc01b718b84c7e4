//! Every kind of gap is found, alone, in a board doctored for it.

use super::{
    super::{
        draft::{cascade, draft},
        gaps::{Kind, MOST, gaps},
        model::{Board, Content, Duty, Part, Post, Present},
    },
    support::District,
};
use crate::{campaign::standard::built_in, stage::day};

fn kinds(board: &Board) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = gaps(board, &built_in().pack).into_iter().map(|gap| gap.kind).collect();
    kinds.dedup();
    kinds
}

fn duty(n: u128, content: Content) -> Duty {
    let id = uuid::Uuid::from_u128(n);
    Duty { id, line: id, version: 1, content }
}

/// A district in which nothing is missing.
async fn whole() -> Board {
    let district = District::all().await.remove(0);
    let board = district.board().await;
    let pack = &built_in().pack;
    let made = draft(&board, pack, Some(day("2009-06-30")));
    assert!(made.unknown.is_empty());
    let mut duties: Vec<Duty> = (1..).zip(made.added).map(|(n, of)| duty(n, of)).collect();
    let mut board = board.with(duties.clone());
    let subdistricts: Vec<uuid::Uuid> = board.of_kind("subdistrict").map(|unit| unit.id).collect();
    for unit in subdistricts {
        for indicator in &pack.indicators {
            for share in cascade(&board, pack, unit, &indicator.code) {
                duties.push(duty(1000 + duties.len() as u128, share));
            }
        }
        board = board.with(duties.clone());
    }
    board.with(duties)
}

#[tokio::test]
async fn every_kind_of_gap_is_found_alone() {
    let whole = whole().await;
    assert_eq!(kinds(&whole), [], "nothing is missing before");
    let lead = whole.duties.iter().position(|duty| duty.content.part == Part::Lead).expect("a lead");
    let doctored = |change: &dyn Fn(&mut Vec<Duty>)| {
        let mut duties = whole.duties.clone();
        change(&mut duties);
        kinds(&whole.with(duties))
    };
    assert_eq!(
        doctored(&|all| {
            all.remove(lead);
        }),
        [Kind::NoLead]
    );
    let support = whole.duties.iter().position(|duty| duty.content.part == Part::Support).expect("a supporter");
    assert_eq!(doctored(&|all| all[support].content.part = Part::Lead), [Kind::TwoLeads]);
    assert_eq!(doctored(&|all| all[lead].content.post = None), [Kind::NoPerson]);
    assert_eq!(doctored(&|all| all[lead].content.due = None), [Kind::NoDeadline]);
    let share = whole.duties.iter().rposition(|duty| duty.content.part == Part::Carry).expect("a share");
    assert_eq!(
        doctored(&|all| {
            all.remove(share);
        }),
        [Kind::NotCascaded]
    );
    let busy = whole.duties[lead].content.post;
    let supports = whole.duties.iter().filter(|duty| duty.content.part == Part::Support).count();
    assert!(supports > MOST, "enough to overload somebody");
    let heap = |all: &mut Vec<Duty>| {
        all.iter_mut().filter(|duty| duty.content.part == Part::Support).for_each(|duty| duty.content.post = busy);
    };
    assert_eq!(doctored(&heap), [Kind::Overload]);
    // What is done lacks nothing.
    let done = |all: &mut Vec<Duty>| {
        heap(all);
        all.iter_mut().for_each(|duty| duty.content.done = Some(day("2009-06-01")));
    };
    assert_eq!(doctored(&done), []);
}

#[tokio::test]
async fn a_post_whose_person_left_never_came_or_goes_before_the_deadline_is_a_gap() {
    let whole = whole().await;
    let lead = whole.duties.iter().find(|duty| duty.content.part == Part::Lead).expect("a lead").content.post;
    let with = |change: &dyn Fn(&mut Post)| {
        let mut posts = whole.posts.clone();
        posts.iter_mut().filter(|post| Some(post.id) == lead).for_each(change);
        kinds(&Board::new(whole.duties.clone(), whole.units.clone(), posts))
    };
    let gone = |post: &mut Post| (post.holder, post.deputy, post.empty_from) = (None, None, Some(day("2009-06-22")));
    assert_eq!(with(&gone), [Kind::Left]);
    assert_eq!(
        with(&|post| {
            gone(post);
            post.known = false;
        }),
        [Kind::NoPerson]
    );
    assert_eq!(
        with(&|post| post.empty_from = Some(day("2009-06-30"))),
        [Kind::Ends],
        "on the last day nobody is there"
    );
    assert_eq!(with(&|post| post.empty_from = Some(day("2009-07-01"))), [], "the deadline is over by then");
    let deputy = |post: &mut Post| {
        post.holder = None;
        post.deputy = Some(Present { name: "B 角".to_owned(), to: None });
    };
    assert_eq!(with(&deputy), [], "a deputy stands in");
}
