//! The head of a paper: whose it is, whom it is for, and which stay. A closed folio keeps it as it was.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::{Row, types::Json};

use super::model::{BillTo, FolioKind};
use crate::{
    call,
    db::{Call, Result},
    kernel::{Day, FolioId, Refusal, TenantId},
};

crate::sql! {
    HEAD_OF = "
        select p.name as property_name, p.address_json, p.address_json ->> 'email' as email, p.tax_number, p.locale, f.kind, f.name, f.bill_to_json, f.issued_json,
          r.primary_guest_json ->> 'firstName' as first_name, r.primary_guest_json ->> 'lastName' as last_name,
          r.confirmation_number, r.check_in_date, r.check_out_date, m.room_number, o.invoice_number as credited_invoice
        from pms_folios f
        join pms_properties p on p.tenant_id = $1 and p.id = f.property_id
        left join pms_reservations r on r.tenant_id = $1 and r.id = f.reservation_id
        left join pms_rooms m on m.tenant_id = $1 and m.id = r.room_id
        left join pms_folios o on o.tenant_id = $1 and o.id = f.credits_folio_id
        where f.tenant_id = $1 and f.id = $2";
}

/// Stored as it is, so a new part is optional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    pub property_name: String,
    pub address: Vec<String>,
    pub tax_number: Option<String>,
    /// Where who gets the paper can answer.
    #[serde(default)]
    pub email: Option<String>,
    /// A BCP 47 tag.
    pub locale: String,
    pub bill_to: BillTo,
    pub stay: Option<StayHead>,
    /// Of a credit note: the number of the invoice.
    pub credited_invoice: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StayHead {
    pub guest: String,
    pub confirmation_number: String,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub room: Option<String>,
}

/// The call that reads the head of a folio.
pub fn get(tenant: TenantId, folio: FolioId) -> Call {
    call!(HEAD_OF, tenant, folio)
}

/// The head in the rows of [`get`]: as it was issued, or else as it is now.
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Head, Refusal> {
    let row = rows.first().ok_or_else(|| Refusal::not_found("folio"))?;
    let issued: Option<Value> = row.get("issued_json");
    Ok(issued.and_then(|head| serde_json::from_value(head).ok()).unwrap_or_else(|| of_now(row)))
}

fn of_now(row: &Row) -> Head {
    let confirmation: Option<String> = row.get("confirmation_number");
    let stay = confirmation.map(|confirmation_number| StayHead {
        guest: words([row.get("first_name"), row.get("last_name")]),
        confirmation_number,
        check_in_date: row.get("check_in_date"),
        check_out_date: row.get("check_out_date"),
        room: row.get("room_number"),
    });
    let named: Option<String> = row.get("name");
    let is_guest = row.get::<_, FolioKind>("kind") == FolioKind::Guest;
    let guest = stay.as_ref().map(|stay| stay.guest.clone()).filter(|_| is_guest);
    let plain = BillTo { name: guest.or(named).unwrap_or_default(), address: Vec::new(), tax_number: None };
    Head {
        property_name: row.get("property_name"),
        address: row.get::<_, Option<Value>>("address_json").as_ref().map(address_lines).unwrap_or_default(),
        tax_number: row.get("tax_number"),
        email: row.get("email"),
        locale: row.get("locale"),
        bill_to: row.get::<_, Option<Json<BillTo>>>("bill_to_json").map_or(plain, |json| json.0),
        stay,
        credited_invoice: row.get("credited_invoice"),
    }
}

fn words<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An address is an object of anybody's making. `lines` wins; else the usual names in the usual order, and nothing of the rest.
pub fn address_lines(address: &Value) -> Vec<String> {
    let text = |name: &str| address.get(name).and_then(Value::as_str).map(str::to_string);
    let lines = match address.get("lines").and_then(Value::as_array) {
        Some(lines) => lines.iter().filter_map(Value::as_str).map(str::to_string).collect(),
        None => vec![
            words([text("line1").or(text("street"))]),
            words([text("line2")]),
            words([text("postalCode"), text("city"), text("region").or(text("state"))]),
            words([text("country")]),
            words([text("phone")]),
            words([text("email")]),
        ],
    };
    lines.into_iter().filter(|line: &String| !line.trim().is_empty()).take(8).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_has_the_usual_lines() {
        let of = |address: Value| address_lines(&address);
        assert_eq!(of(json!({"lines": ["Quay 1", " ", "Lisbon"]})), ["Quay 1", "Lisbon"]);
        let usual =
            json!({"city": "Lisbon", "street": "Quay 1", "postalCode": "1100", "country": "Portugal", "floors": 8, "line2": ""});
        assert_eq!(of(usual), ["Quay 1", "1100 Lisbon", "Portugal"]);
        assert_eq!(of(json!({})), [""; 0]);
    }
}
