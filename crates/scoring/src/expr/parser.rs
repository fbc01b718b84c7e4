//! Recursive descent over the tokens, weakest binding first: `or`, `and`, `not`, one comparison, `+ -`, `* /`, sign.

use super::lexer::{Token, tokens};
use super::{Arithmetic, BoolExpr, ExprError, ExprFault, MAX_DEPTH, NumExpr, Pick};

/// A parsed part: its type is known as soon as it is read.
enum Part {
    Number(NumExpr),
    Truth(BoolExpr),
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    end: usize,
}

pub(super) fn parse_number(text: &str) -> Result<NumExpr, ExprError> {
    match whole(text)? {
        Part::Number(expr) => Ok(expr),
        Part::Truth(_) => Err(ExprError { at: 1, fault: ExprFault::NeedsNumber }),
    }
}

pub(super) fn parse_truth(text: &str) -> Result<BoolExpr, ExprError> {
    match whole(text)? {
        Part::Truth(expr) => Ok(expr),
        Part::Number(_) => Err(ExprError { at: 1, fault: ExprFault::NeedsTruth }),
    }
}

fn whole(text: &str) -> Result<Part, ExprError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(ExprError { at: 1, fault: ExprFault::Empty });
    }
    let mut parser = Parser { tokens, next: 0, depth: 0, end: text.chars().count() + 1 };
    let part = parser.or()?;
    match parser.peek() {
        None => Ok(part),
        Some(_) => Err(parser.unexpected("the end or an operator")),
    }
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let taken = self.peek() == Some(wanted);
        self.next += usize::from(taken);
        taken
    }

    fn unexpected(&self, wanted: &'static str) -> ExprError {
        let found = self.peek().map_or_else(|| "end".to_owned(), Token::shown);
        ExprError { at: self.at(), fault: ExprFault::Unexpected { found, wanted } }
    }

    /// Runs one level deeper, so that hostile nesting ends in an error instead of a full stack.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ExprError>) -> Result<T, ExprError> {
        if self.depth == MAX_DEPTH {
            return Err(ExprError { at: self.at(), fault: ExprFault::TooLarge });
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn or(&mut self) -> Result<Part, ExprError> {
        let at = self.at();
        let mut left = self.and()?;
        while self.take(&Token::Or) {
            let right_at = self.at();
            let right = self.and()?;
            left = Part::Truth(BoolExpr::Or(Box::new(truth(left, at)?), Box::new(truth(right, right_at)?)));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Part, ExprError> {
        let at = self.at();
        let mut left = self.not()?;
        while self.take(&Token::And) {
            let right_at = self.at();
            let right = self.not()?;
            left = Part::Truth(BoolExpr::And(Box::new(truth(left, at)?), Box::new(truth(right, right_at)?)));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Part, ExprError> {
        if !self.take(&Token::Not) {
            return self.comparison();
        }
        let at = self.at();
        let inner = self.deeper(Self::not)?;
        Ok(Part::Truth(BoolExpr::Not(Box::new(truth(inner, at)?))))
    }

    fn comparison(&mut self) -> Result<Part, ExprError> {
        let at = self.at();
        let left = self.sum()?;
        let Some(Token::Compare(op)) = self.peek() else { return Ok(left) };
        let op = *op;
        self.next += 1;
        let right_at = self.at();
        let right = self.sum()?;
        if matches!(self.peek(), Some(Token::Compare(_))) {
            return Err(self.unexpected("`and` (one comparison at a time)"));
        }
        Ok(Part::Truth(BoolExpr::Compare(op, number(left, at)?, number(right, right_at)?)))
    }

    fn sum(&mut self) -> Result<Part, ExprError> {
        self.chain(Self::product, |token| match token {
            Token::Plus => Some(Arithmetic::Add),
            Token::Minus => Some(Arithmetic::Subtract),
            _ => None,
        })
    }

    fn product(&mut self) -> Result<Part, ExprError> {
        self.chain(Self::signed, |token| match token {
            Token::Star => Some(Arithmetic::Multiply),
            Token::Slash => Some(Arithmetic::Divide),
            _ => None,
        })
    }

    fn chain(
        &mut self,
        operand: fn(&mut Self) -> Result<Part, ExprError>,
        operator: fn(&Token) -> Option<Arithmetic>,
    ) -> Result<Part, ExprError> {
        let at = self.at();
        let mut left = operand(self)?;
        while let Some(op) = self.peek().and_then(operator) {
            self.next += 1;
            let right_at = self.at();
            let right = operand(self)?;
            let (l, r) = (number(left, at)?, number(right, right_at)?);
            left = Part::Number(NumExpr::Arithmetic(op, Box::new(l), Box::new(r)));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Part, ExprError> {
        if !self.take(&Token::Minus) {
            return self.primary();
        }
        let at = self.at();
        let inner = self.deeper(Self::signed)?;
        Ok(Part::Number(NumExpr::Negate(Box::new(number(inner, at)?))))
    }

    fn primary(&mut self) -> Result<Part, ExprError> {
        match self.peek().cloned() {
            Some(Token::Number(value)) => {
                self.next += 1;
                Ok(Part::Number(NumExpr::Number(value)))
            }
            Some(Token::Name(name)) => {
                self.next += 1;
                self.name_or_call(name)
            }
            Some(Token::Open) => {
                self.next += 1;
                let inner = self.deeper(Self::or)?;
                if self.take(&Token::Close) { Ok(inner) } else { Err(self.unexpected("`)`")) }
            }
            _ => Err(self.unexpected("a number, a name or `(`")),
        }
    }

    fn name_or_call(&mut self, name: String) -> Result<Part, ExprError> {
        let pick = match name.as_str() {
            "max" => Pick::Max,
            "min" => Pick::Min,
            _ if self.peek() == Some(&Token::Open) => {
                return Err(self.unexpected("an operator (only max and min are called)"));
            }
            _ => return Ok(Part::Number(NumExpr::Name(name))),
        };
        if !self.take(&Token::Open) {
            return Err(self.unexpected("`(` after max or min"));
        }
        let mut parts = Vec::new();
        loop {
            let at = self.at();
            parts.push(number(self.deeper(Self::or)?, at)?);
            if !self.take(&Token::Comma) {
                break;
            }
        }
        if self.take(&Token::Close) {
            Ok(Part::Number(NumExpr::Pick(pick, parts)))
        } else {
            Err(self.unexpected("`,` or `)`"))
        }
    }
}

fn number(part: Part, at: usize) -> Result<NumExpr, ExprError> {
    match part {
        Part::Number(expr) => Ok(expr),
        Part::Truth(_) => Err(ExprError { at, fault: ExprFault::NeedsNumber }),
    }
}

fn truth(part: Part, at: usize) -> Result<BoolExpr, ExprError> {
    match part {
        Part::Truth(expr) => Ok(expr),
        Part::Number(_) => Err(ExprError { at, fault: ExprFault::NeedsTruth }),
    }
}
