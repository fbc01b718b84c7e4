//! The derive macros behind "a register is described once". They emit static data, no behaviour.
//!
//! - `#[derive(Register)]` on a struct gives its `RegisterDef`.
//! - `#[derive(Child)]` on a struct gives the definition of a kind of child row.
//! - `#[derive(Choice)]` on an enum without payload gives its codes (snake case of the variants).
//!
//! The kinds of fields come from their types (`FieldType::KIND`), so that nothing is said twice.

use darling::{FromDeriveInput, FromField, ast};
use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Ident, Path, Type, parse_macro_input};

#[derive(FromDeriveInput)]
#[darling(attributes(register), supports(struct_named))]
struct RegisterInput {
    ident: Ident,
    data: ast::Data<(), FieldInput>,
    table: String,
    key: Option<String>,
    title: String,
    #[darling(multiple, rename = "level")]
    levels: Vec<String>,
    #[darling(multiple, rename = "attachment")]
    attachments: Vec<String>,
    #[darling(multiple, rename = "unique")]
    unique: Vec<String>,
    lifecycle: Option<Path>,
    coverage: Option<String>,
    merge: String,
    check: Option<Path>,
}

#[derive(FromDeriveInput)]
#[darling(attributes(child), supports(struct_named))]
struct ChildInput {
    ident: Ident,
    data: ast::Data<(), FieldInput>,
    table: String,
}

#[derive(FromField)]
#[darling(attributes(field))]
struct FieldInput {
    ident: Option<Ident>,
    ty: Type,
    #[darling(default)]
    search: bool,
    #[darling(default)]
    list: bool,
    #[darling(default)]
    sum: bool,
    #[darling(default)]
    long: bool,
    #[darling(default)]
    rows: bool,
    unit: Option<String>,
    min: Option<i64>,
    max: Option<i64>,
}

impl FieldInput {
    fn name(&self) -> &Ident {
        self.ident.as_ref().expect("darling admits only structs with named fields")
    }

    fn def(&self) -> proc_macro2::TokenStream {
        let (name, ty) = (self.name().to_string(), &self.ty);
        let (search, list, sum) = (self.search, self.list, self.sum);
        let kind = if self.long {
            quote!(::hejian_kernel::register::FieldKind::LongText)
        } else {
            quote!(<#ty as ::hejian_kernel::register::FieldType>::KIND)
        };
        let option = |n: &Option<i64>| n.map_or_else(|| quote!(None), |n| quote!(Some(#n)));
        let (min, max) = (option(&self.min), option(&self.max));
        let unit = self.unit.as_ref().map_or_else(|| quote!(None), |u| quote!(Some(#u)));
        quote! {
            ::hejian_kernel::register::FieldDef {
                name: #name, kind: #kind, required: !<#ty as ::hejian_kernel::register::FieldType>::OPTIONAL,
                search: #search, list: #list, sum: #sum, unit: #unit, min: #min, max: #max,
            }
        }
    }

    /// The `T` of `Vec<T>`.
    fn row_type(&self) -> syn::Result<&Type> {
        if let Type::Path(path) = &self.ty
            && let Some(last) = path.path.segments.last()
            && let syn::PathArguments::AngleBracketed(args) = &last.arguments
            && let Some(syn::GenericArgument::Type(inner)) = args.args.first()
        {
            return Ok(inner);
        }
        Err(syn::Error::new_spanned(&self.ty, "a field marked `rows` must be a Vec of a struct that derives Child"))
    }
}

/// Gives a struct its `RegisterDef`. Attributes: `#[register(table, key, title, level = "…"*, merge = "follow|stay",
/// lifecycle, coverage, check, attachment = "…"*, unique = "a, b"*)]`, and on fields
/// `#[field(search, list, sum, long, rows, unit, min, max)]`. A field is required unless its type is an `Option`.
#[proc_macro_derive(Register, attributes(register, field))]
pub fn register(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    match RegisterInput::from_derive_input(&input) {
        Ok(input) => expand_register(&input).unwrap_or_else(|e| e.to_compile_error()).into(),
        Err(e) => e.write_errors().into(),
    }
}

fn expand_register(input: &RegisterInput) -> syn::Result<proc_macro2::TokenStream> {
    let name = &input.ident;
    let all = input.data.as_ref().take_struct().expect("darling admits only structs").fields;
    let (rows, fields): (Vec<_>, Vec<_>) = all.into_iter().partition(|f| f.rows);
    let table = &input.table;
    let key = input.key.as_ref().unwrap_or(table);
    let title = &input.title;
    let (levels, attachments) = (&input.levels, &input.attachments);
    let verb = |v: &str| format!("{key}.{v}");
    let (read, write, remove, report) = (verb("read"), verb("write"), verb("remove"), verb("report"));
    let defs = fields.iter().map(|f| f.def());
    let names: Vec<_> = fields.iter().map(|f| f.name()).collect();
    let types: Vec<_> = fields.iter().map(|f| &f.ty).collect();
    let at: Vec<_> = (0..names.len()).collect();
    let row_names: Vec<_> = rows.iter().map(|f| f.name()).collect();
    let row_keys: Vec<_> = rows.iter().map(|f| f.name().to_string()).collect();
    let row_types = rows.iter().map(|f| f.row_type()).collect::<syn::Result<Vec<_>>>()?;
    let row_at: Vec<_> = (0..row_names.len()).collect();
    let option = |path: &Option<Path>| path.as_ref().map_or_else(|| quote!(None), |p| quote!(Some(&#p)));
    let lifecycle = option(&input.lifecycle);
    let coverage = input.coverage.as_ref().map_or_else(|| quote!(None), |c| quote!(Some(#c)));
    let check = input.check.as_ref().map_or_else(|| quote!(|_, _| {}), |p| quote!(#p));
    let merge = match input.merge.as_str() {
        "follow" => quote!(::hejian_kernel::register::MergeRule::Follow),
        "stay" => quote!(::hejian_kernel::register::MergeRule::Stay),
        other => {
            let text = format!("`{other}` is not a merge rule; write \"follow\" or \"stay\"");
            return Err(syn::Error::new_spanned(name, text));
        }
    };
    let unique = input.unique.iter().map(|list| {
        let parts = list.split(',').map(str::trim);
        quote!(&[#(#parts),*])
    });
    let def = format_ident!("DEF_{}", name.to_string().to_uppercase());
    Ok(quote! {
        static #def: ::hejian_kernel::register::RegisterDef = ::hejian_kernel::register::RegisterDef {
            key: #key, table: #table, levels: &[#(#levels),*], fields: &[#(#defs),*],
            children: &[#(::hejian_kernel::register::ChildDef {
                name: #row_keys,
                table: <#row_types as ::hejian_kernel::register::Rows>::TABLE,
                fields: <#row_types as ::hejian_kernel::register::Rows>::FIELDS,
            }),*],
            title: #title, lifecycle: #lifecycle, attachments: &[#(#attachments),*], coverage: #coverage,
            unique: &[#(#unique),*], merge: #merge, check: #check,
            permissions: ::hejian_kernel::register::Permissions { read: #read, write: #write, remove: #remove, report: #report },
        };
        impl ::hejian_kernel::register::Register for #name {
            const DEF: &'static ::hejian_kernel::register::RegisterDef = &#def;
            fn from_record(record: &::hejian_kernel::register::Record) -> Option<Self> {
                Some(Self {
                    #(#names: <#types as ::hejian_kernel::register::FieldType>::from_value(record.values.get(#at)?)?,)*
                    #(#row_names: record.children.get(#row_at)?.iter()
                        .map(|row| <#row_types as ::hejian_kernel::register::Rows>::from_values(&row.values))
                        .collect::<Option<Vec<_>>>()?,)*
                })
            }
            fn to_draft(&self, unit: ::uuid::Uuid) -> ::hejian_kernel::register::Draft {
                ::hejian_kernel::register::Draft {
                    unit,
                    values: vec![#(::hejian_kernel::register::FieldType::to_value(&self.#names)),*],
                    children: vec![#(self.#row_names.iter().map(::hejian_kernel::register::Rows::to_row).collect()),*],
                }
            }
        }
    })
}

/// Gives a struct the definition of a kind of child row: `#[child(table = "…")]`, fields as in a register.
#[proc_macro_derive(Child, attributes(child, field))]
pub fn child(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let input = match ChildInput::from_derive_input(&input) {
        Ok(input) => input,
        Err(e) => return e.write_errors().into(),
    };
    let (name, table) = (&input.ident, &input.table);
    let fields = input.data.as_ref().take_struct().expect("darling admits only structs").fields;
    let defs = fields.iter().map(|f| f.def());
    let names: Vec<_> = fields.iter().map(|f| f.name()).collect();
    let types: Vec<_> = fields.iter().map(|f| &f.ty).collect();
    let at = 0..names.len();
    quote! {
        impl ::hejian_kernel::register::Rows for #name {
            const TABLE: &'static str = #table;
            const FIELDS: &'static [::hejian_kernel::register::FieldDef] = &[#(#defs),*];
            fn from_values(values: &[::hejian_kernel::register::Value]) -> Option<Self> {
                Some(Self { #(#names: <#types as ::hejian_kernel::register::FieldType>::from_value(values.get(#at)?)?,)* })
            }
            fn to_row(&self) -> ::hejian_kernel::register::ChildDraft {
                ::hejian_kernel::register::ChildDraft {
                    id: None,
                    values: vec![#(::hejian_kernel::register::FieldType::to_value(&self.#names)),*],
                }
            }
        }
    }
    .into()
}

/// Gives an enum without payload its codes.
#[proc_macro_derive(Choice)]
pub fn choice(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let syn::Data::Enum(data) = &input.data else {
        return syn::Error::new_spanned(name, "Choice can be derived for enums only").to_compile_error().into();
    };
    let variants: Vec<_> = data.variants.iter().map(|v| &v.ident).collect();
    let codes: Vec<_> = variants.iter().map(|v| snake(&v.to_string())).collect();
    quote! {
        impl ::hejian_kernel::register::Choice for #name {
            const CODES: &'static [&'static str] = &[#(#codes),*];
            fn code(self) -> &'static str {
                match self { #(Self::#variants => #codes),* }
            }
            fn from_code(code: &str) -> Option<Self> {
                match code { #(#codes => Some(Self::#variants),)* _ => None }
            }
        }
        impl ::hejian_kernel::register::FieldType for #name {
            const KIND: ::hejian_kernel::register::FieldKind =
                ::hejian_kernel::register::FieldKind::Choice(<Self as ::hejian_kernel::register::Choice>::CODES);
            fn from_value(value: &::hejian_kernel::register::Value) -> Option<Self> {
                value.as_text().and_then(<Self as ::hejian_kernel::register::Choice>::from_code)
            }
            fn to_value(&self) -> ::hejian_kernel::register::Value {
                ::hejian_kernel::register::Value::Text(::hejian_kernel::register::Choice::code(*self).to_owned())
            }
        }
    }
    .into()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (n, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && n > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
