//! The two hotels.

use super::plan::{Kind, Spec, Type};

const fn kind(
    code: &'static str,
    name: &'static str,
    rooms: u32,
    persons: i32,
    bed: &'static str,
    beds: i32,
    cents: i64,
) -> Type {
    Type { code, name, rooms, persons, bed, beds, cents }
}

pub const HOTELS: [Spec; 2] = [
    Spec {
        number: 1,
        name: "Lakeside Lodge & Resort",
        street: "12 Lakeshore Road",
        postal_code: "12946",
        city: "Lake Placid",
        region: "NY",
        country: "US",
        tax_number: "00-0000000",
        timezone: "America/New_York",
        currency: "USD",
        locale: "en",
        kind: Kind::Resort,
        floors: 3,
        profiles: 500,
        types: &[
            kind("QN", "Queen Room", 10, 2, "queen", 1, 149_00),
            kind("DQ", "Double Queen", 8, 4, "queen", 2, 179_00),
            kind("KL", "King Lake View", 6, 2, "king", 1, 229_00),
            kind("CAB", "Family Cabin", 4, 6, "queen", 2, 289_00),
            kind("STE", "Lakeside Suite", 2, 4, "king", 1, 389_00),
        ],
    },
    Spec {
        number: 2,
        name: "Grand Harbour",
        street: "Rua do Cais 45",
        postal_code: "1100-001",
        city: "Lisboa",
        region: "",
        country: "PT",
        tax_number: "PT 500 000 000",
        timezone: "Europe/Lisbon",
        currency: "EUR",
        locale: "pt",
        kind: Kind::City,
        floors: 8,
        profiles: 2_000,
        types: &[
            kind("SGL", "Single", 30, 1, "single", 1, 89_00),
            kind("DBL", "Double", 70, 2, "double", 1, 119_00),
            kind("TWN", "Twin", 40, 2, "single", 2, 119_00),
            kind("SUP", "Superior Double", 32, 3, "king", 1, 159_00),
            kind("FAM", "Family", 16, 4, "double", 2, 189_00),
            kind("STE", "Harbour Suite", 12, 4, "king", 1, 279_00),
        ],
    },
];
