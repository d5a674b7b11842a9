//! A report as a file: CSV, for spreadsheets.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{
    db::{Reply, Result},
    http,
    kernel::{Faults, Refusal},
};

/// A file holds the whole list, or a large part of it.
const MAX_FILE_ROWS: i64 = 10_000;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Format {
    Json,
    Csv,
}

impl Format {
    /// As the parameter says, or else as `Accept` does; JSON when neither asks for a file.
    pub fn wanted(named: Option<Format>, headers: &HeaderMap) -> Format {
        let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let mut kinds = accept.split(',').map(|kind| kind.split(';').next().unwrap_or_default().trim());
        let first = kinds.find_map(|kind| match kind {
            "text/csv" => Some(Format::Csv),
            "application/json" | "*/*" => Some(Format::Json),
            _ => None,
        });
        named.or(first).unwrap_or(Format::Json)
    }
}

/// Limit and start of a page of a list, or of a file.
///
/// Errors: VALIDATION_ERROR for a limit that is too large, or a cursor of another list.
pub fn page_of<K: DeserializeOwned>(
    format: Format,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> Result<(i64, Option<K>), Refusal> {
    if format == Format::Json {
        return http::page_of(limit, cursor);
    }
    let (_, after) = http::page_of(None, cursor)?;
    let limit = limit.unwrap_or(MAX_FILE_ROWS);
    let mut faults = Faults::default();
    faults.range("limit", limit, 1, MAX_FILE_ROWS);
    faults.finish()?;
    Ok((limit, after))
}

/// A row of a file. Its fields are single values, in the order of the columns.
pub trait Columns: Serialize {
    const COLUMNS: &'static [&'static str];
}

/// The JSON answer, or the rows as a file without amounts.
pub fn answer_without_money<T: Columns>(
    format: Format,
    name: &str,
    rows: &[T],
    json: impl FnOnce() -> Reply,
) -> Result<Response> {
    match format {
        Format::Json => Ok(json().into_response()),
        Format::Csv => Ok(download(name, written(rows, None)?)),
    }
}

/// The JSON answer, or the rows as a file; its last column is the currency of the amounts.
pub fn answer<T: Columns>(
    format: Format,
    name: &str,
    currency: &str,
    rows: &[T],
    json: impl FnOnce() -> Reply,
) -> Result<Response> {
    match format {
        Format::Json => Ok(json().into_response()),
        Format::Csv => Ok(download(name, written(rows, Some(currency))?)),
    }
}

/// The same for a page of a list: where the next one begins stands in a header of the file.
pub fn page<T: Columns>(
    format: Format,
    name: &str,
    currency: &str,
    rows: &[T],
    cursor: Option<&str>,
    json: impl FnOnce() -> Reply,
) -> Result<Response> {
    Ok(next(answer(format, name, currency, rows, json)?, format, cursor))
}

/// The same for a list without amounts.
pub fn page_without_money<T: Columns>(
    format: Format,
    name: &str,
    rows: &[T],
    cursor: Option<&str>,
    json: impl FnOnce() -> Reply,
) -> Result<Response> {
    Ok(next(answer_without_money(format, name, rows, json)?, format, cursor))
}

fn next(mut response: Response, format: Format, cursor: Option<&str>) -> Response {
    if let (Format::Csv, Some(Ok(cursor))) = (format, cursor.map(HeaderValue::from_str)) {
        response.headers_mut().insert(HeaderName::from_static("x-next-cursor"), cursor);
    }
    response
}

fn written<T: Columns>(rows: &[T], currency: Option<&str>) -> Result<Vec<u8>> {
    let mut plain = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    plain.write_record(T::COLUMNS).map_err(anyhow::Error::new)?;
    for row in rows {
        plain.serialize(row).map_err(anyhow::Error::new)?;
    }
    let plain = plain.into_inner().map_err(|e| anyhow::anyhow!("{e}"))?;

    let mut guarded = csv::Writer::from_writer(Vec::new());
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(plain.as_slice());
    for (n, record) in reader.records().enumerate() {
        let record = record.map_err(anyhow::Error::new)?;
        let last = currency.map(|currency| if n == 0 { "currency" } else { currency }.to_string());
        guarded.write_record(record.iter().map(guard).chain(last)).map_err(anyhow::Error::new)?;
    }
    Ok(guarded.into_inner().map_err(|e| anyhow::anyhow!("{e}"))?)
}

/// A spreadsheet takes a cell that begins with one of these for a formula, and would run what a guest wrote as his name.
fn guard(cell: &str) -> String {
    let is_number = cell.strip_prefix('-').unwrap_or(cell).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) && !is_number {
        return format!("'{cell}");
    }
    cell.to_string()
}

fn download(name: &str, body: Vec<u8>) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Line {
        name: &'static str,
        cents: Option<i64>,
    }

    impl Columns for Line {
        const COLUMNS: &'static [&'static str] = &["name", "cents"];
    }

    fn text(rows: &[Line]) -> String {
        String::from_utf8(written(rows, Some("EUR")).unwrap()).unwrap()
    }

    #[test]
    fn a_name_is_never_a_formula_and_an_amount_stays_a_number() {
        let line = |name, cents| Line { name, cents };
        let rows = [
            line("=HYPERLINK(\"http://x\")", Some(-5)),
            line("+1", None),
            line("-2+3", None),
            line("@SUM(A1)", None),
            line("\t=1", None),
            line("＝1", None),
            line("O'Neil, \"王\"", Some(7)),
        ];
        let expected = "name,cents,currency\n\"'=HYPERLINK(\"\"http://x\"\")\",-5,EUR\n'+1,,EUR\n'-2+3,,EUR\n'@SUM(A1),,EUR\n'\t=1,,EUR\n\
            '＝1,,EUR\n\"O'Neil, \"\"王\"\"\",7,EUR\n";
        assert_eq!(text(&rows), expected);
        assert_eq!(text(&[]), "name,cents,currency\n");
    }

    #[test]
    fn who_accepts_a_file_first_gets_one() {
        let wanted = |named, accept: &'static str| {
            Format::wanted(named, &HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]))
        };
        assert_eq!(wanted(None, "text/csv"), Format::Csv);
        assert_eq!(wanted(None, "text/csv;q=1, application/json"), Format::Csv);
        assert_eq!(wanted(None, "application/json, text/csv"), Format::Json);
        assert_eq!(wanted(None, "text/html, */*"), Format::Json);
        assert_eq!(wanted(Some(Format::Csv), "application/json"), Format::Csv);
        assert_eq!(wanted(Some(Format::Json), "text/csv"), Format::Json);
    }
}
