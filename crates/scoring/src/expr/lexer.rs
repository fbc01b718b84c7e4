//! Cuts an expression into tokens with their positions. Never fails on a character boundary, never loops.

use super::{Comparison, ExprError, ExprFault, MAX_TEXT, MAX_TOKENS};
use crate::exact::Exact;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(Exact),
    Name(String),
    And,
    Or,
    Not,
    Plus,
    Minus,
    Star,
    Slash,
    Open,
    Close,
    Comma,
    Compare(Comparison),
}

impl Token {
    /// The token as the writer would recognise it in an error.
    pub(super) fn shown(&self) -> String {
        match self {
            Token::Number(value) => value.to_string(),
            Token::Name(name) => name.clone(),
            Token::And => "and".into(),
            Token::Or => "or".into(),
            Token::Not => "not".into(),
            Token::Plus => "+".into(),
            Token::Minus => "-".into(),
            Token::Star => "*".into(),
            Token::Slash => "/".into(),
            Token::Open => "(".into(),
            Token::Close => ")".into(),
            Token::Comma => ",".into(),
            Token::Compare(op) => op.sign().into(),
        }
    }
}

/// Tokens with their 1-based character positions.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ExprError> {
    if text.len() > MAX_TEXT {
        return Err(ExprError { at: 1, fault: ExprFault::TooLarge });
    }
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let at = i + 1;
        if c == ' ' || c == '\t' || c == '\n' {
            i += 1;
            continue;
        }
        if found.len() == MAX_TOKENS {
            return Err(ExprError { at, fault: ExprFault::TooLarge });
        }
        let (token, length) = next(&chars[i..]).map_err(|fault| ExprError { at, fault })?;
        found.push((at, token));
        i += length;
    }
    Ok(found)
}

/// The token at the start of `rest` (never empty) and its length in characters (never 0).
fn next(rest: &[char]) -> Result<(Token, usize), ExprFault> {
    let c = rest[0];
    let run = |allowed: fn(char) -> bool| rest.iter().take_while(|&&c| allowed(c)).count();
    if c.is_ascii_digit() {
        let length = run(|c| c.is_ascii_digit() || c == '.');
        let text: String = rest[..length].iter().collect();
        let value = Exact::parse(&text).map_err(|_| ExprFault::Number(text))?;
        return Ok((Token::Number(value), length));
    }
    if c.is_ascii_alphabetic() || c == '_' {
        let length = run(|c| c.is_ascii_alphanumeric() || c == '_');
        let word: String = rest[..length].iter().collect();
        let token = match word.as_str() {
            "and" => Token::And,
            "or" => Token::Or,
            "not" => Token::Not,
            _ => Token::Name(word),
        };
        return Ok((token, length));
    }
    let followed_by_equals = rest.get(1) == Some(&'=');
    Ok(match (c, followed_by_equals) {
        ('+', _) => (Token::Plus, 1),
        ('-', _) => (Token::Minus, 1),
        ('*', _) => (Token::Star, 1),
        ('/', _) => (Token::Slash, 1),
        ('(', _) => (Token::Open, 1),
        (')', _) => (Token::Close, 1),
        (',', _) => (Token::Comma, 1),
        ('<', true) => (Token::Compare(Comparison::AtMost), 2),
        ('<', false) => (Token::Compare(Comparison::Less), 1),
        ('>', true) => (Token::Compare(Comparison::AtLeast), 2),
        ('>', false) => (Token::Compare(Comparison::Greater), 1),
        ('=', true) => (Token::Compare(Comparison::Equal), 2),
        _ => return Err(ExprFault::Character(c)),
    })
}
