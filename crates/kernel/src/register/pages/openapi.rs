//! The description of the API (OpenAPI 3.1), made from the definitions and the mounted routes: it cannot fall behind.

use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value, json};

use super::{api, schema};
use crate::{
    error::Result,
    i18n::Lang,
    register::RegisterDef,
    web::{App, Ctx, Need},
};

/// `GET /api/v1/openapi.json`
pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    Ok(Json(document(&ctx.app)).into_response())
}

/// The whole document.
#[must_use]
pub fn document(app: &App) -> Value {
    let mut schemas = schema::common();
    let mut paths: Map<String, Value> = Map::new();
    for def in app.registers() {
        schema::of_register(def, &mut schemas);
        for (path, item) in of_register(def) {
            paths.insert(path, item);
        }
    }
    // Routes of modules that no register gives: at least that they are there, and who may use them.
    for route in app.routes().into_vec() {
        let method = route.method.as_str().to_ascii_lowercase();
        if !route.path.starts_with("/api/") {
            continue;
        }
        let item = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            let operation = item.entry(method).or_insert_with(|| bare(&route.path));
            if let Need::Right(permission) = route.need {
                operation["x-permission"] = json!(permission);
            }
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hejian 和建", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "Decimals and money are text (\"459.0\"), days are ISO 8601, choices are codes, secrets are masked. \
                            A save names the version it read; a stale one answers 409 with both values.",
        },
        "security": [{ "cookie": [] }, { "bearer": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "cookie": { "type": "apiKey", "in": "cookie", "name": "hejian_session" },
                "bearer": { "type": "http", "scheme": "bearer" },
            },
            "schemas": schemas,
        },
    })
}

fn bare(path: &str) -> Value {
    let parameters: Vec<Value> = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    json!({ "parameters": parameters, "responses": responses("OK", &json!({}), &[401, 403, 404]) })
}

/// A success and the problems that can come instead.
fn responses(words: &str, schema: &Value, problems: &[u16]) -> Value {
    let mut out = Map::new();
    out.insert("200".into(), json!({ "description": words, "content": { "application/json": { "schema": schema } } }));
    for status in problems {
        out.insert(status.to_string(), problem(*status));
    }
    Value::Object(out)
}

fn problem(status: u16) -> Value {
    let (words, schema) = match status {
        400 => ("Not understood", "Problem"),
        401 => ("Not signed in", "Problem"),
        403 => ("Not permitted", "Problem"),
        404 => ("Not there, or outside the scope", "Problem"),
        409 => ("Stale, or refused by a rule", "Problem"),
        _ => ("Fields are wrong; all of them are named", "Problem"),
    };
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": words, "content": { "application/problem+json": { "schema": schema } } })
}

fn of_register(def: &'static RegisterDef) -> Vec<(String, Value)> {
    let name = schema::name(def);
    let title = |verb: &str| format!("{verb}: {} / {}", schema::title(def, Lang::ZhCn), schema::title(def, Lang::En));
    let of = |suffix: &str| json!({ "$ref": format!("#/components/schemas/{name}{suffix}") });
    let p = def.permissions;
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } });
    let operation = |verb: &str, permission: &str, schema: &Value, problems: &[u16]| {
        json!({
            "tags": [def.key], "operationId": format!("{}_{}", def.key, verb), "summary": title(verb),
            "x-permission": permission, "responses": responses("OK", schema, problems),
        })
    };
    let body = |suffix: &str| json!({ "required": true, "content": { "application/json": { "schema": of(suffix) } } });
    let mut list = operation("list", p.read, &of("Page"), &[401, 403]);
    list["parameters"] = json!(schema::filters(def));
    let mut create = operation("create", p.write, &of(""), &[400, 401, 403, 422]);
    create["requestBody"] = body("Create");
    if let Value::Object(responses) = &mut create["responses"]
        && let Some(mut made) = responses.remove("200")
    {
        made["headers"] = json!({ "Location": { "schema": { "type": "string" } } });
        responses.insert("201".into(), made);
    }
    let one = operation("get", p.read, &of(""), &[401, 403, 404]);
    let mut update = operation("update", p.write, &of(""), &[400, 401, 403, 404, 422]);
    update["requestBody"] = body("Update");
    update["responses"]["409"] = json!({
        "description": "Another save came first: both values", "content": { "application/problem+json": { "schema": of("Conflict") } },
    });
    let mut remove = operation("remove", p.remove, &json!({}), &[401, 403, 404, 409, 422]);
    remove["parameters"] = json!([
        { "name": "version", "in": "query", "required": true, "schema": { "type": "integer" } },
        { "name": "reason", "in": "query", "required": true, "schema": { "type": "string", "maxLength": 500 } },
    ]);
    if let Value::Object(responses) = &mut remove["responses"] {
        responses.remove("200");
        responses.insert("204".into(), json!({ "description": "Removed; history and audit keep it" }));
    }
    let history = operation("history", p.read, &of("History"), &[401, 403, 404]);
    let at = api::address(def);
    vec![
        (at.clone(), json!({ "get": list, "post": create })),
        (format!("{at}/{{id}}"), json!({ "parameters": [id], "get": one, "put": update, "delete": remove })),
        (format!("{at}/{{id}}/history"), json!({ "parameters": [id], "get": history })),
    ]
}
