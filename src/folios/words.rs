//! The words, dates and amounts of papers, in the language of the property.

use crate::kernel::{Cents, Currency, Day};

use super::{
    bill::BillLine,
    model::{EntryType, Method},
};

/// A language that papers are written in.
pub struct Words {
    pub language: &'static str,
    pub is_rtl: bool,
    pub invoice: &'static str,
    pub statement: &'static str,
    pub credit_note: &'static str,
    pub number: &'static str,
    pub to_invoice: &'static str,
    pub reason: &'static str,
    pub issued: &'static str,
    pub guest: &'static str,
    pub confirmation: &'static str,
    pub arrival: &'static str,
    pub departure: &'static str,
    pub room: &'static str,
    pub tax_number: &'static str,
    pub date: &'static str,
    pub description: &'static str,
    pub amount: &'static str,
    pub charges: &'static str,
    pub taxes: &'static str,
    pub fees: &'static str,
    pub total: &'static str,
    pub paid: &'static str,
    pub refunded: &'static str,
    pub balance: &'static str,
    pub credit_left: &'static str,
    pub tax_summary: &'static str,
    pub base: &'static str,
    pub no_invoice: &'static str,
    pub page: &'static str,
    pub payment: &'static str,
    pub refund: &'static str,
    /// Of a letter that the paper goes with: its title, and the name of the house.
    pub letter: fn(&str, &str) -> String,
    methods: [&'static str; 5],
    /// Between thousands, and before the parts.
    separators: (&'static str, char),
    day: fn(i16, i8, i8) -> String,
}

const ENGLISH: Words = Words {
    language: "en",
    is_rtl: false,
    invoice: "Invoice",
    statement: "Statement",
    credit_note: "Credit note",
    number: "Number",
    to_invoice: "To invoice",
    reason: "Reason",
    issued: "Date of issue",
    guest: "Guest",
    confirmation: "Confirmation",
    arrival: "Arrival",
    departure: "Departure",
    room: "Room",
    tax_number: "Tax number",
    date: "Date",
    description: "Description",
    amount: "Amount",
    charges: "Charges without taxes and fees",
    taxes: "Taxes",
    fees: "Fees",
    total: "Total",
    paid: "Payments",
    refunded: "Refunded",
    balance: "Balance due",
    credit_left: "Credit left",
    tax_summary: "Taxes and fees",
    base: "Computed on",
    no_invoice: "The account is open. This is not an invoice.",
    page: "Page",
    payment: "Payment",
    refund: "Refund",
    letter: |title, house| format!("Dear guest,\n\nattached you find: {title}.\n\nThank you for staying with us.\n{house}\n"),
    methods: ["Cash", "Card", "Bank transfer", "Cheque", "Other"],
    separators: (",", '.'),
    day: |year, month, day| {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        format!("{day} {} {year}", MONTHS[(month as usize - 1) % 12])
    },
};

const GERMAN: Words = Words {
    language: "de",
    is_rtl: false,
    invoice: "Rechnung",
    statement: "Kontoauszug",
    credit_note: "Gutschrift",
    number: "Nummer",
    to_invoice: "Zu Rechnung",
    reason: "Grund",
    issued: "Ausstellungsdatum",
    guest: "Gast",
    confirmation: "Buchungsnummer",
    arrival: "Anreise",
    departure: "Abreise",
    room: "Zimmer",
    tax_number: "Steuernummer",
    date: "Datum",
    description: "Beschreibung",
    amount: "Betrag",
    charges: "Leistungen ohne Steuern und Abgaben",
    taxes: "Steuern",
    fees: "Abgaben",
    total: "Gesamtbetrag",
    paid: "Zahlungen",
    refunded: "Erstattet",
    balance: "Offener Betrag",
    credit_left: "Restguthaben",
    tax_summary: "Steuern und Abgaben",
    base: "Berechnet auf",
    no_invoice: "Das Konto ist offen. Dies ist keine Rechnung.",
    page: "Seite",
    payment: "Zahlung",
    refund: "Erstattung",
    letter: |title, house| {
        format!("Guten Tag,\n\nim Anhang finden Sie: {title}.\n\nVielen Dank für Ihren Aufenthalt.\n{house}\n")
    },
    methods: ["Bar", "Karte", "Überweisung", "Scheck", "Sonstige"],
    separators: (".", ','),
    day: |year, month, day| format!("{day:02}.{month:02}.{year}"),
};

const ARABIC: Words = Words {
    language: "ar",
    is_rtl: true,
    invoice: "فاتورة",
    statement: "كشف حساب",
    credit_note: "إشعار دائن",
    number: "الرقم",
    to_invoice: "عن الفاتورة",
    reason: "السبب",
    issued: "تاريخ الإصدار",
    guest: "الضيف",
    confirmation: "رقم الحجز",
    arrival: "الوصول",
    departure: "المغادرة",
    room: "غرفة",
    tax_number: "الرقم الضريبي",
    date: "التاريخ",
    description: "البيان",
    amount: "المبلغ",
    charges: "الخدمات بدون الضرائب والرسوم",
    taxes: "الضرائب",
    fees: "الرسوم",
    total: "المجموع",
    paid: "المدفوعات",
    refunded: "المبلغ المرتجع",
    balance: "الرصيد المستحق",
    credit_left: "الرصيد المتبقي",
    tax_summary: "الضرائب والرسوم",
    base: "محسوبة على",
    no_invoice: "الحساب مفتوح. هذه ليست فاتورة.",
    page: "صفحة",
    payment: "دفعة",
    refund: "استرداد",
    letter: |title, house| format!("ضيفنا العزيز،\n\nتجدون مرفقًا: {title}.\n\nشكرًا لإقامتكم لدينا.\n{house}\n"),
    methods: ["نقدا", "بطاقة", "تحويل بنكي", "شيك", "أخرى"],
    separators: (",", '.'),
    day: |year, month, day| format!("{day:02}/{month:02}/{year}"),
};

/// Those of a BCP 47 tag; English where the language is not known.
pub fn of_locale(locale: &str) -> &'static Words {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "de" => &GERMAN,
        "ar" => &ARABIC,
        _ => &ENGLISH,
    }
}

impl Words {
    pub fn day(&self, day: Day) -> String {
        let date = day.date();
        (self.day)(date.year(), date.month(), date.day())
    }

    /// An amount in units of the currency, which stands elsewhere: `-1,234.50`.
    pub fn money(&self, amount: Cents, currency: &str) -> String {
        let places = currency.parse::<Currency>().map_or(2, Currency::exponent) as usize;
        let digits = format!("{:0width$}", amount.0.unsigned_abs(), width = places + 1);
        let (whole, parts) = digits.split_at(digits.len() - places);
        let (thousands, point) = self.separators;
        let mut grouped = String::new();
        for (n, digit) in whole.chars().enumerate() {
            if n > 0 && (whole.len() - n).is_multiple_of(3) {
                grouped.push_str(thousands);
            }
            grouped.push(digit);
        }
        let sign = if amount < Cents(0) { "-" } else { "" };
        let point = if places > 0 { point.to_string() } else { String::new() };
        format!("{sign}{grouped}{point}{parts}")
    }

    pub fn method(&self, method: Method) -> &'static str {
        let at = Method::ALL.iter().position(|m| *m == method).unwrap_or_default();
        self.methods[at]
    }

    /// What a line says: what was typed stays as it is, what the program wrote is in the language of the paper.
    pub fn line(&self, line: &BillLine) -> String {
        let said = self.said(line.entry_type, &line.description);
        let method = line.method.map(|m| self.method(m).to_string());
        let parts = [Some(said), line.stay_number.clone(), method, line.source_ref.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn said(&self, entry_type: EntryType, description: &str) -> String {
        // The day close writes `Room 101`, and a transfer on a later day adds the day of the charge.
        let (plain, day) = match description.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
            Some((plain, day)) => (plain, day.parse::<Day>().ok()),
            None => (description, None),
        };
        let plain = if day.is_some() { plain } else { description };
        let room = plain.strip_prefix("Room").filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let said = match (entry_type, plain, room) {
            (EntryType::RoomCharge, _, Some(number)) => format!("{}{number}", self.room),
            (EntryType::Payment, "Payment", _) => self.payment.to_string(),
            (EntryType::Refund, "Refund", _) => self.refund.to_string(),
            _ => plain.to_string(),
        };
        day.map_or(said.clone(), |day| format!("{said} ({})", self.day(day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_places_of_their_currency() {
        let money = |locale, cents, currency| of_locale(locale).money(Cents(cents), currency);
        assert_eq!(money("en-GB", 1_234_567_89, "USD"), "1,234,567.89");
        assert_eq!(money("de", -1_234_50, "EUR"), "-1.234,50");
        assert_eq!(money("ar", 12_345, "KWD"), "12.345");
        assert_eq!(money("en", 5, "KWD"), "0.005");
        assert_eq!(money("en", 1_000, "JPY"), "1,000");
        assert_eq!(money("pt", 0, "EUR"), "0.00");
    }

    #[test]
    fn days_are_written_as_people_there_write_them() {
        let day: Day = "2027-03-01".parse().unwrap();
        assert_eq!(
            ["en", "de-AT", "ar", "fr"].map(|locale| of_locale(locale).day(day)),
            ["1 Mar 2027", "01.03.2027", "01/03/2027", "1 Mar 2027"]
        );
    }

    #[test]
    fn what_the_program_wrote_is_translated_and_nothing_else() {
        let said = |kind, text| GERMAN.said(kind, text);
        assert_eq!(said(EntryType::RoomCharge, "Room 101"), "Zimmer 101");
        assert_eq!(said(EntryType::RoomCharge, "Room 101 (2027-03-01)"), "Zimmer 101 (01.03.2027)");
        assert_eq!(said(EntryType::RoomCharge, "Roommate"), "Roommate");
        assert_eq!(said(EntryType::Adjustment, "Room 101"), "Room 101");
        assert_eq!(said(EntryType::Adjustment, "Bar (late)"), "Bar (late)");
        assert_eq!(said(EntryType::Payment, "Payment"), "Zahlung");
        assert_eq!(said(EntryType::Payment, "Deposit"), "Deposit");
    }
}
