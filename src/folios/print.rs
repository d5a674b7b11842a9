//! Statement, invoice and credit note as PDF: the bill that the JSON shows, in the language of the property.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use tokio_postgres::Row;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

use super::{
    bill::{Bill, BillLine},
    head::{self, Head},
    ledger,
    model::{Folio, FolioStatus},
    read::{entries_of, get},
    words::{self, Words},
};
use crate::{
    db::{Call, Result},
    http::{AppState, May, Path, permission::FolioView},
    kernel::{Cents, Code, FolioId, Refusal, TenantId},
    paper::{About, Cell, Fonts, Sheet, Style},
};

/// The bytes of a PDF, for the OpenAPI document.
pub struct Pdf;

impl PartialSchema for Pdf {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).into()
    }
}
impl ToSchema for Pdf {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Statement,
    Invoice,
    CreditNote,
}

/// What an open folio says so far, to print.
#[utoipa::path(get, path = "/folios/{id}/statement.pdf", tag = "folios", params(("id" = FolioId, Path)),
    responses((status = 200, description = "A PDF.", body = Pdf, content_type = "application/pdf")))]
pub async fn statement(State(app): State<AppState>, actor: May<FolioView>, Path(id): Path<FolioId>) -> Result<Response> {
    print(&app, &actor, id, Kind::Statement).await
}

/// The invoice of a closed folio. It is the same whenever it is printed.
#[utoipa::path(get, path = "/folios/{id}/invoice.pdf", tag = "folios", params(("id" = FolioId, Path)),
    responses((status = 200, description = "A PDF.", body = Pdf, content_type = "application/pdf")))]
pub async fn invoice(State(app): State<AppState>, actor: May<FolioView>, Path(id): Path<FolioId>) -> Result<Response> {
    print(&app, &actor, id, Kind::Invoice).await
}

/// A credit note, with what was refunded of it.
#[utoipa::path(get, path = "/folios/{id}/credit-note.pdf", tag = "folios", params(("id" = FolioId, Path)),
    responses((status = 200, description = "A PDF.", body = Pdf, content_type = "application/pdf")))]
pub async fn credit_note(State(app): State<AppState>, actor: May<FolioView>, Path(id): Path<FolioId>) -> Result<Response> {
    print(&app, &actor, id, Kind::CreditNote).await
}

async fn print(app: &AppState, actor: &May<FolioView>, id: FolioId, kind: Kind) -> Result<Response> {
    let rows = app.store.read(actor.tenant, facts(actor.tenant, id).into()).await?;
    let paper = Paper::found(&rows)?;
    actor.sees(paper.bill.folio.property_id).map_err(|_| Refusal::not_found("folio"))?;
    paper.demand_kind(kind)?;

    let name = paper.file_name();
    let mut response = paper.pdf(&app.fonts).await?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(shown) = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, shown);
    }
    Ok(response)
}

/// What a paper is made of: rows for [`Paper::found`].
pub fn facts(tenant: TenantId, id: FolioId) -> [Call; 3] {
    [get(tenant, id), entries_of(tenant, id), head::get(tenant, id)]
}

/// The one paper that a folio has: a statement while it is open, then for ever its invoice or credit note.
pub struct Paper {
    kind: Kind,
    pub head: Head,
    pub bill: Bill,
}

impl Paper {
    /// Errors: NOT_FOUND.
    pub fn found(rows: &[Vec<Row>]) -> Result<Paper, Refusal> {
        let folio = rows[0].first().map(Folio::from_row).ok_or_else(|| Refusal::not_found("folio"))?;
        let kind = match (folio.credit_note_number, folio.status) {
            (Some(_), _) => Kind::CreditNote,
            (None, FolioStatus::Open) => Kind::Statement,
            (None, FolioStatus::Closed) => Kind::Invoice,
        };
        Ok(Paper { kind, head: head::found(&rows[2])?, bill: Bill::new(folio, ledger::entries(&rows[1])) })
    }

    /// Errors: INVALID_STATUS_TRANSITION when the folio has another paper than this.
    fn demand_kind(&self, wanted: Kind) -> Result<(), Refusal> {
        if self.kind == wanted {
            return Ok(());
        }
        let why = match self.kind {
            Kind::CreditNote => "This is a credit note: print credit-note.pdf.",
            Kind::Statement => "The folio is open and has a statement; its invoice comes when it is closed.",
            Kind::Invoice => "The folio is closed: print invoice.pdf.",
        };
        Err(Refusal::new(Code::InvalidStatusTransition, why))
    }

    /// Without the ending of a file.
    pub fn file_name(&self) -> String {
        let folio = &self.bill.folio;
        match self.kind {
            Kind::Statement => {
                let stay = self.head.stay.as_ref().map(|stay| stay.confirmation_number.clone());
                format!("statement-{}", stay.unwrap_or_else(|| folio.id.to_string()))
            }
            Kind::Invoice => format!("invoice-{}", folio.invoice_number.unwrap_or_default()),
            Kind::CreditNote => format!("credit-note-{}", folio.credit_note_number.unwrap_or_default()),
        }
    }

    fn words(&self) -> &'static Words {
        words::of_locale(&self.head.locale)
    }

    fn number(&self) -> Option<String> {
        self.bill.folio.invoice_number.or(self.bill.folio.credit_note_number).map(|n| n.to_string())
    }

    /// In the language of the property, such as `Invoice 12`.
    pub fn title(&self) -> String {
        let (words, number) = (self.words(), self.number().unwrap_or_default());
        match self.kind {
            Kind::Statement => words.statement.to_string(),
            Kind::Invoice => format!("{} {number}", words.invoice),
            Kind::CreditNote => format!("{} {number}", words.credit_note),
        }
    }

    /// What a letter says that it comes with.
    pub fn letter(&self) -> String {
        (self.words().letter)(&self.title(), &self.head.property_name)
    }

    /// The same paper makes the same bytes.
    pub async fn pdf(self, fonts: &Fonts) -> Result<Vec<u8>> {
        let fonts = fonts.clone();
        // A long ledger is a second of work, which other requests shall not wait for.
        Ok(tokio::task::spawn_blocking(move || self.drawn(&fonts)).await.map_err(anyhow::Error::new)??)
    }

    fn drawn(&self, fonts: &Fonts) -> anyhow::Result<Vec<u8>> {
        let (words, kind, title) = (self.words(), self.kind, self.title());
        let (head, bill) = (&self.head, &self.bill);
        let mut sheet = Sheet::new(fonts, words.is_rtl);
        house(&mut sheet, words, head);
        sheet.row(Style::TITLE, &[Cell::new(0.0, 1.0, &title)]);
        sheet.gap(8.0);
        particulars(&mut sheet, words, head, bill, self.number());
        table(&mut sheet, words, bill);
        totals(&mut sheet, words, kind, bill);
        taxes(&mut sheet, words, bill);
        if let Some(reason) = &bill.folio.credit_reason {
            sheet.gap(10.0);
            sheet.row(Style::BODY, &[Cell::new(0.0, 1.0, &format!("{}: {reason}", words.reason))]);
        }
        if kind == Kind::Statement {
            sheet.gap(10.0);
            sheet.row(Style::SMALL, &[Cell::new(0.0, 1.0, words.no_invoice)]);
        }
        let about = About { title: &title, author: &head.property_name, language: words.language, as_of: bill.folio.updated_at };
        let foot = |page, pages| [format!("{} · {title}", head.property_name), format!("{} {page} / {pages}", words.page)];
        sheet.finish(about, foot)
    }
}

fn house(sheet: &mut Sheet, words: &Words, head: &Head) {
    sheet.row(Style { size: 11.0, is_bold: true }, &[Cell::new(0.0, 1.0, &head.property_name)]);
    for line in &head.address {
        sheet.row(Style::SMALL, &[Cell::new(0.0, 1.0, line)]);
    }
    if let Some(number) = &head.tax_number {
        sheet.row(Style::SMALL, &[Cell::new(0.0, 1.0, &format!("{}: {number}", words.tax_number))]);
    }
    sheet.gap(18.0);
}

/// To whom, beside of what.
fn particulars(sheet: &mut Sheet, words: &Words, head: &Head, bill: &Bill, number: Option<String>) {
    let top = sheet.place();
    sheet.row(Style::STRONG, &[Cell::new(0.0, 0.5, &head.bill_to.name)]);
    for line in &head.bill_to.address {
        sheet.row(Style::BODY, &[Cell::new(0.0, 0.5, line)]);
    }
    if let Some(number) = &head.bill_to.tax_number {
        sheet.row(Style::BODY, &[Cell::new(0.0, 0.5, &format!("{}: {number}", words.tax_number))]);
    }
    let left = sheet.place();

    sheet.back_to(top);
    let mut fact = |name: &str, value: Option<String>, is_figure: bool| {
        let Some(value) = value else { return };
        let cell = Cell::new(0.75, 1.0, &value).at_end();
        sheet.row(Style::BODY, &[Cell::new(0.55, 0.75, name), if is_figure { cell.figure() } else { cell }]);
    };
    fact(words.number, number, true);
    fact(words.issued, bill.folio.closed_on.map(|day| words.day(day)), true);
    fact(words.to_invoice, head.credited_invoice.map(|n| n.to_string()), true);
    if let Some(stay) = &head.stay {
        fact(words.guest, Some(stay.guest.clone()).filter(|guest| *guest != head.bill_to.name), false);
        fact(words.confirmation, Some(stay.confirmation_number.clone()), true);
        fact(words.arrival, Some(words.day(stay.check_in_date)), true);
        fact(words.departure, Some(words.day(stay.check_out_date)), true);
        fact(words.room, stay.room.clone(), true);
    }
    let deepest = left.max(sheet.place());
    sheet.back_to(deepest);
    sheet.gap(16.0);
}

fn table(sheet: &mut Sheet, words: &Words, bill: &Bill) {
    let currency = &bill.folio.currency;
    let amount = format!("{} ({currency})", words.amount);
    let heads =
        [Cell::new(0.0, 0.14, words.date), Cell::new(0.15, 0.78, words.description), Cell::new(0.78, 1.0, &amount).at_end()];
    sheet.table(Style::STRONG, &heads);
    for line in &bill.lines {
        row(sheet, words, currency, line);
    }
    sheet.end_table();
    sheet.rule();
}

fn row(sheet: &mut Sheet, words: &Words, currency: &str, line: &BillLine) {
    let (day, said, amount) = (words.day(line.business_date), words.line(line), words.money(line.amount_cents, currency));
    let from = if line.is_below { 0.17 } else { 0.15 };
    let cells =
        [Cell::new(0.0, 0.14, &day).figure(), Cell::new(from, 0.8, &said), Cell::new(0.8, 1.0, &amount).at_end().figure()];
    sheet.row(Style::BODY, &cells);
}

fn totals(sheet: &mut Sheet, words: &Words, kind: Kind, bill: &Bill) {
    let folio = &bill.folio;
    let (paid, balance) = match kind {
        Kind::CreditNote => ((words.refunded, Cents(0) - bill.paid_cents), (words.credit_left, folio.balance_cents)),
        _ => ((words.paid, Cents(0) - bill.paid_cents), (words.balance, folio.balance_cents)),
    };
    let sums = [
        (words.charges, folio.subtotal_cents, false),
        (words.taxes, folio.tax_cents, false),
        (words.fees, folio.fee_cents, false),
        (words.total, folio.total_cents, true),
        (paid.0, paid.1, false),
        (balance.0, balance.1, true),
    ];
    sheet.need(90.0);
    for (name, amount, is_strong) in sums {
        let amount = format!("{} {}", words.money(amount, &folio.currency), folio.currency);
        let style = if is_strong { Style::STRONG } else { Style::BODY };
        sheet.row(style, &[Cell::new(0.4, 0.76, name), Cell::new(0.76, 1.0, &amount).at_end().figure()]);
    }
}

fn taxes(sheet: &mut Sheet, words: &Words, bill: &Bill) {
    if bill.taxes.is_empty() {
        return;
    }
    let currency = &bill.folio.currency;
    sheet.gap(12.0);
    let heads = [
        Cell::new(0.0, 0.5, words.tax_summary),
        Cell::new(0.5, 0.78, words.base).at_end(),
        Cell::new(0.78, 1.0, words.amount).at_end(),
    ];
    sheet.table(Style::STRONG, &heads);
    for tax in &bill.taxes {
        let (base, amount) = (words.money(tax.base_cents, currency), words.money(tax.amount_cents, currency));
        let cells = [
            Cell::new(0.0, 0.5, &tax.name),
            Cell::new(0.5, 0.78, &base).at_end().figure(),
            Cell::new(0.78, 1.0, &amount).at_end().figure(),
        ];
        sheet.row(Style::BODY, &cells);
    }
    sheet.end_table();
}
