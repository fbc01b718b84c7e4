//! What may be reported as a figure: every measure of the built-in standard that no register of its own tells.
//!
//! The rule that matters: a fact is entered once. What a register tells (floor area from premises, approvals from the
//! organisation) is no choice here; when a later register tells more, its lines leave this list.

use hejian_kernel::register::{Choice, FieldKind, FieldType, Value};

/// A measure of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure(usize);

/// How a measure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As one number.
    Figure,
    /// As numerator and denominator.
    Rate,
}

/// From lines of code, id and kind. The code stands in the database and never changes: the id, without `series.` where it
/// begins so, otherwise with `_` for the point.
macro_rules! measures {
    ($($code:literal = $id:literal, $kind:ident;)*) => {
        const CODES: &[&str] = &[$($code),*];
        const KNOWN: &[(&str, Kind)] = &[$(($id, Kind::$kind)),*];
    };
}

measures! {
    "charity_operating_shops" = "charity.operating_shops", Figure;
    "civil_organisation_filed" = "civil_organisation.filed", Figure;
    "compound_compounds" = "compound.compounds", Figure;
    "compound_compounds_with_service" = "compound.compounds_with_service", Figure;
    "compound_service_share" = "compound.service_share", Rate;
    "course_drills" = "course.drills", Figure;
    "course_resident_sessions" = "course.resident_sessions", Figure;
    "course_youth_sessions" = "course.youth_sessions", Figure;
    "disclosure_quarters_with_affairs" = "disclosure.quarters_with_affairs", Figure;
    "dispute_accepted" = "dispute.accepted", Figure;
    "dispute_settled" = "dispute.settled", Figure;
    "dispute_settled_share" = "dispute.settled_share", Rate;
    "duty_appraisal_weight" = "duty.appraisal_weight", Figure;
    "duty_cover" = "duty.cover", Rate;
    "duty_indicators" = "duty.indicators", Figure;
    "duty_indicators_with_one_lead" = "duty.indicators_with_one_lead", Figure;
    "duty_target_letters" = "duty.target_letters", Figure;
    "eldercare_beds" = "eldercare.beds", Figure;
    "eldercare_beds_per_thousand" = "eldercare.beds_per_thousand", Rate;
    "eldercare_provider_agreements" = "eldercare.provider_agreements", Figure;
    "election_days_late" = "election.days_late", Figure;
    "election_registered_voters" = "election.registered_voters", Figure;
    "election_turnout" = "election.turnout", Rate;
    "election_votes_cast" = "election.votes_cast", Figure;
    "entitlement_paid_share" = "entitlement.paid_share", Rate;
    "entitlement_persons_entitled" = "entitlement.persons_entitled", Figure;
    "entitlement_persons_paid_on_time" = "entitlement.persons_paid_on_time", Figure;
    "finance_agency_agreements" = "finance.agency_agreements", Figure;
    "finance_on_time_share" = "finance.on_time_share", Rate;
    "finance_open_audit_findings" = "finance.open_audit_findings", Figure;
    "finance_quarters_published" = "finance.quarters_published", Figure;
    "finance_unreceipted_vouchers" = "finance.unreceipted_vouchers", Figure;
    "finance_working_funds_due" = "finance.working_funds_due", Figure;
    "finance_working_funds_paid" = "finance.working_funds_paid", Figure;
    "finance_working_funds_paid_on_time" = "finance.working_funds_paid_on_time", Figure;
    "honour_civilised_titles" = "honour.civilised_titles", Figure;
    "household_zero_employment_overdue" = "household.zero_employment_overdue", Figure;
    "inspection_family_planning_score" = "inspection.family_planning_score", Figure;
    "inspection_fire_checks" = "inspection.fire_checks", Figure;
    "inspection_fire_hazards_open" = "inspection.fire_hazards_open", Figure;
    "inspection_sanitation_score" = "inspection.sanitation_score", Figure;
    "meeting_assemblies" = "meeting.assemblies", Figure;
    "meeting_assembly_attendance" = "meeting.assembly_attendance", Rate;
    "meeting_assembly_present" = "meeting.assembly_present", Figure;
    "meeting_assembly_seats" = "meeting.assembly_seats", Figure;
    "meeting_cobuilding_meetings" = "meeting.cobuilding_meetings", Figure;
    "meeting_joint_meetings" = "meeting.joint_meetings", Figure;
    "meeting_topic_meetings" = "meeting.topic_meetings", Figure;
    "organisation_leading_group_principal_heads" = "organisation.leading_group_principal_heads", Figure;
    "organisation_office_posts_filled" = "organisation.office_posts_filled", Figure;
    "organisation_party_organisations" = "organisation.party_organisations", Figure;
    "outlet_convenience_kinds" = "outlet.convenience_kinds", Figure;
    "outlet_health_institutions_serving" = "outlet.health_institutions_serving", Figure;
    "petition_closed_in_time" = "petition.closed_in_time", Figure;
    "petition_closed_share" = "petition.closed_share", Rate;
    "petition_due" = "petition.due", Figure;
    "policy_emergency_plans" = "policy.emergency_plans", Figure;
    "policy_leading_group_documents" = "policy.leading_group_documents", Figure;
    "policy_plan_documents" = "policy.plan_documents", Figure;
    "policy_required_subjects_covered" = "policy.required_subjects_covered", Figure;
    "premises_culture_rooms" = "premises.culture_rooms", Figure;
    "premises_fitness_sites" = "premises.fitness_sites", Figure;
    "premises_home_care_stations" = "premises.home_care_stations", Figure;
    "premises_labour_stations" = "premises.labour_stations", Figure;
    "premises_police_rooms" = "premises.police_rooms", Figure;
    "premises_reading_rooms" = "premises.reading_rooms", Figure;
    "premises_rehabilitation_rooms" = "premises.rehabilitation_rooms", Figure;
    "premises_resident_schools" = "premises.resident_schools", Figure;
    "premises_science_sites" = "premises.science_sites", Figure;
    "premises_shelters" = "premises.shelters", Figure;
    "premises_youth_places" = "premises.youth_places", Figure;
    "relief_decisions" = "relief.decisions", Figure;
    "relief_decisions_posted" = "relief.decisions_posted", Figure;
    "relief_eligible_households" = "relief.eligible_households", Figure;
    "relief_eligible_households_paid" = "relief.eligible_households_paid", Figure;
    "relief_full_cover" = "relief.full_cover", Rate;
    "relief_posted_share" = "relief.posted_share", Rate;
    "birth_policy_rate" = "series.birth_policy_rate", Rate;
    "births" = "series.births", Figure;
    "births_within_policy" = "series.births_within_policy", Figure;
    "budget_revenue_growth" = "series.budget_revenue_growth", Rate;
    "budget_revenue_increase" = "series.budget_revenue_increase", Figure;
    "budget_revenue_last_year" = "series.budget_revenue_last_year", Figure;
    "city_gdp_growth" = "series.city_gdp_growth", Figure;
    "community_office_budget" = "series.community_office_budget", Figure;
    "gdp_growth" = "series.gdp_growth", Figure;
    "good_air_days" = "series.good_air_days", Figure;
    "households" = "series.households", Figure;
    "major_cases" = "series.major_cases", Figure;
    "medical_coverage" = "series.medical_coverage", Rate;
    "medical_due" = "series.medical_due", Figure;
    "medical_insured" = "series.medical_insured", Figure;
    "minimum_wage" = "series.minimum_wage", Figure;
    "pension_coverage" = "series.pension_coverage", Rate;
    "pension_due" = "series.pension_due", Figure;
    "pension_insured" = "series.pension_insured", Figure;
    "population" = "series.population", Figure;
    "population_60plus" = "series.population_60plus", Figure;
    "province_urban_income_growth" = "series.province_urban_income_growth", Figure;
    "registered_unemployed" = "series.registered_unemployed", Figure;
    "unemployment_rate" = "series.unemployment_rate", Rate;
    "urban_income_growth" = "series.urban_income_growth", Figure;
    "urban_labour_force" = "series.urban_labour_force", Figure;
    "staff_labour_clerks" = "staff.labour_clerks", Figure;
    "staff_lowest_pay" = "staff.lowest_pay", Figure;
    "staff_police_officers" = "staff.police_officers", Figure;
    "staff_trained_share" = "staff.trained_share", Rate;
    "staff_workers" = "staff.workers", Figure;
    "staff_workers_per_400_households" = "staff.workers_per_400_households", Rate;
    "staff_workers_trained" = "staff.workers_trained", Figure;
    "supervision_inspected_share" = "supervision.inspected_share", Rate;
    "supervision_tasks" = "supervision.tasks", Figure;
    "supervision_tasks_inspected" = "supervision.tasks_inspected", Figure;
    "survey_safety_planned" = "survey.safety_planned", Figure;
    "survey_safety_rate" = "survey.safety_rate", Rate;
    "survey_safety_safe" = "survey.safety_safe", Figure;
    "survey_safety_valid" = "survey.safety_valid", Figure;
    "survey_satisfaction_planned" = "survey.satisfaction_planned", Figure;
    "survey_satisfaction_rate" = "survey.satisfaction_rate", Rate;
    "survey_satisfaction_satisfied" = "survey.satisfaction_satisfied", Figure;
    "survey_satisfaction_valid" = "survey.satisfaction_valid", Figure;
    "task_admission_admitted_share" = "task_admission.admitted_share", Rate;
    "task_admission_tasks_admitted_with_fee" = "task_admission.tasks_admitted_with_fee", Figure;
    "task_admission_tasks_put" = "task_admission.tasks_put", Figure;
    "twinning_active_pairs" = "twinning.active_pairs", Figure;
    "twinning_delivered_items" = "twinning.delivered_items", Figure;
    "volunteer_active" = "volunteer.active", Figure;
    "volunteer_active_share" = "volunteer.active_share", Rate;
    "volunteer_registered" = "volunteer.registered", Figure;
    "volunteer_registered_share" = "volunteer.registered_share", Rate;
}

impl Measure {
    /// Whether it is a rate, kept as numerator and denominator.
    #[must_use]
    pub fn is_rate(self) -> bool {
        KNOWN[self.0].1 == Kind::Rate
    }

    /// The id in the standard's list of measures.
    #[must_use]
    pub fn id(self) -> &'static str {
        KNOWN[self.0].0
    }

    /// The one with an id of the standard's list.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        KNOWN.iter().position(|(known, _)| *known == id).map(Self)
    }
}

impl Choice for Measure {
    const CODES: &'static [&'static str] = CODES;
    fn code(self) -> &'static str {
        CODES[self.0]
    }
    fn from_code(code: &str) -> Option<Self> {
        CODES.iter().position(|known| *known == code).map(Self)
    }
}

impl FieldType for Measure {
    const KIND: FieldKind = FieldKind::Choice(CODES);
    fn from_value(value: &Value) -> Option<Self> {
        value.as_text().and_then(Self::from_code)
    }
    fn to_value(&self) -> Value {
        Value::Text(self.code().to_owned())
    }
}
