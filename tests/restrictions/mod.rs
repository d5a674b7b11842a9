mod enforced;
mod races;
mod set;
mod truth;

use serde_json::{Value, json};

use crate::support::{desk::Desk, *};

/// One change: for whom, from one day to another, what.
pub fn change(whom: Value, from: &str, to: &str, set: Value) -> Value {
    let mut change = json!({"startDate": from, "endDate": to, "set": set});
    for (k, v) in whom.as_object().into_iter().flatten() {
        change[k] = v.clone();
    }
    change
}

pub fn body(changes: &[Value]) -> Value {
    json!({"propertyId": PROPERTY, "changes": changes})
}

/// Restricts the whole house.
pub async fn restrict(desk: Desk<'_>, from: &str, to: &str, set: Value) -> Value {
    desk.send(Method::PUT, "/restrictions", &[], body(&[change(json!({}), from, to, set)])).await.data()
}

/// `MIN_STAY_ARRIVAL 2027-02-10` for each rule that a refusal names.
#[track_caller]
pub fn named(answer: &Answer) -> Vec<String> {
    answer.refused(409, "RESTRICTION_VIOLATED");
    told(&answer.body["error"]["facts"]["violations"])
}

pub fn told(violations: &Value) -> Vec<String> {
    let one = |v: &Value| format!("{} {}", v["rule"].as_str().unwrap(), v["date"].as_str().unwrap());
    violations.as_array().unwrap().iter().map(one).collect()
}
