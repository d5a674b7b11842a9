//! Names in the scripts that a front desk meets. Each row: first names, last names, country, language.

pub struct Tongue {
    pub first: &'static [&'static str],
    pub last: &'static [&'static str],
    pub country: &'static str,
    pub language: &'static str,
    /// How many of a hundred guests.
    pub share: u32,
}

pub const TONGUES: [Tongue; 14] = [
    Tongue {
        first: &["James", "Mary", "Olivia", "Noah", "Emma", "Liam", "Ava", "William", "Sophia", "Henry", "Charlotte", "Jack"],
        last: &[
            "Smith", "Johnson", "Williams", "Brown", "Taylor", "Davies", "Wilson", "Evans", "Walker", "Wright", "O'Brien",
            "MacLeod",
        ],
        country: "US",
        language: "en",
        share: 30,
    },
    Tongue {
        first: &["João", "Maria", "António", "Ana", "Inês", "Tomás", "Beatriz", "Conceição", "Simão", "Leonor"],
        last: &["Silva", "Santos", "Ferreira", "Pereira", "Gonçalves", "Magalhães", "Araújo", "Conceição", "Simões", "Brandão"],
        country: "PT",
        language: "pt",
        share: 14,
    },
    Tongue {
        first: &["José", "Lucía", "Íñigo", "María", "Begoña", "Andrés", "Nuria", "Ángel"],
        last: &["García", "Muñoz", "Fernández", "Núñez", "Ibáñez", "Rodríguez", "Peña", "Álvarez"],
        country: "ES",
        language: "es",
        share: 9,
    },
    Tongue {
        first: &["François", "Chloé", "Hélène", "Léa", "Jérôme", "Élodie", "Gaëlle", "Benoît"],
        last: &["Lefèvre", "Dubois", "Gérard", "Bâtard", "Noël", "Beauchêne", "Fournier", "d'Angély"],
        country: "FR",
        language: "fr",
        share: 9,
    },
    Tongue {
        first: &["Jürgen", "Käthe", "Björn", "Sören", "Grete", "Heinz", "Ursula", "Jörg"],
        last: &["Müller", "Schröder", "Weiß", "Groß", "Köhler", "Schäfer", "von der Heide", "Donaudampfschifffahrt"],
        country: "DE",
        language: "de",
        share: 9,
    },
    Tongue {
        first: &["Łukasz", "Małgorzata", "Zdeněk", "Jiří", "Ağlaya", "Çağla", "Ştefan", "Bălan"],
        last: &["Wiśniewski", "Źródłowska", "Dvořák", "Šťastný", "Yıldız", "Öztürk", "Țurcanu", "Ionescu"],
        country: "PL",
        language: "pl",
        share: 6,
    },
    Tongue {
        first: &["Иван", "Ольга", "Дмитрий", "Светлана", "Тарас", "Леся"],
        last: &["Иванов", "Петрова", "Щербаков", "Шевченко", "Жуковская", "Ковальчук"],
        country: "UA",
        language: "uk",
        share: 4,
    },
    Tongue {
        first: &["Γιώργος", "Ελένη", "Νίκος", "Αθηνά"],
        last: &["Παπαδόπουλος", "Οικονόμου", "Γεωργίου", "Αγγελίδης"],
        country: "GR",
        language: "el",
        share: 3,
    },
    Tongue {
        first: &["小明", "丽", "伟", "芳", "浩然"],
        last: &["王", "李", "张", "欧阳", "陈"],
        country: "CN",
        language: "zh",
        share: 4,
    },
    Tongue {
        first: &["太郎", "花子", "さくら", "健一"],
        last: &["田中", "佐藤", "鈴木", "渡邊"],
        country: "JP",
        language: "ja",
        share: 3,
    },
    Tongue {
        first: &["민준", "서연", "지훈", "하은"], last: &["김", "이", "박", "최"], country: "KR", language: "ko", share: 2
    },
    Tongue {
        first: &["محمد", "فاطمة", "يوسف", "ليلى"],
        last: &["الحسن", "عبد الله", "المنصوري", "حداد"],
        country: "AE",
        language: "ar",
        share: 3,
    },
    Tongue {
        first: &["דוד", "נועה", "יעל", "אבי"],
        last: &["כהן", "לוי", "בן־דוד", "פרידמן"],
        country: "IL",
        language: "he",
        share: 2,
    },
    Tongue {
        first: &["आरव", "प्रिया", "Nguyễn Văn", "สมชาย"],
        last: &["शर्मा", "पटेल", "Trần", "วงศ์ไทย"],
        country: "IN",
        language: "hi",
        share: 2,
    },
];

pub const NOTES: [&str; 10] = [
    "Late arrival, after 22:00.",
    "Anniversary: flowers in the room.",
    "Allergic to feathers.",
    "Quiet room, away from the lift.",
    "Needs a cot.",
    "Vegan breakfast.",
    "Two cars.",
    "Invoice to the company.",
    "Returning guest: welcome back card.",
    "Asked for the same room as last year.",
];

pub const REPAIRS: [&str; 4] = ["Leak in the bathroom", "New carpet", "Air conditioning", "Window handle broken"];
pub const HOUSE_USES: [&str; 2] = ["Owner's family", "Photo session"];
pub const HOLDS: [&str; 2] = ["For a wedding, names to come", "For the tour leader"];
