package city

// kind is a kind of dataset that cities have.
type kind struct {
	code, theme, department, unit string
	// weight is how many of a city's datasets are of the kind.
	weight       int
	title, about map[string]string
	keywords     []string
	columns      []column
	// answers are those that differ from the base.
	answers map[string]any
	// measures are those that a steward proposes, measured their columns.
	measures []string
	measured map[string][]string
}

// column is a column with its attributes as name=value.
type column struct {
	name, kind string
	set        []string
}

func text(en, fi, sv string) map[string]string {
	return map[string]string{"en": en, "fi": fi, "sv": sv}
}

// people are the answers of a careful steward about rows on people.
func people(level, category string, more map[string]any) map[string]any {
	a := map[string]any{
		"personalData.sourceRelatesToPersons": "yes", "personalData.releaseLevel": level,
		"personalData.dataSubjectCategories": []string{category}, "personalData.dataSubjectCount": 8000,
		"personalData.criminalOffenceData": "no", "personalData.nationalIdentifierPresent": "no",
		"personalData.protectedIdentitiesHandled": "yes", "personalData.householdOrRelational": "no",
		"personalData.longitudinal": "no", "personalData.collectionContext": "service_provision",
		"personalData.confidentialityPromised": "no", "personalData.publicationLegalBasis": "not_needed_anonymous",
		"personalData.compatibilityAssessed": "yes", "personalData.expectation": "neutral",
		"personalData.subjectsInformed": "yes", "personalData.rightsProcess": "yes",
		"disclosureControl.linkageAssessed": "yes", "disclosureControl.linkageResult": "remote",
		"disclosureControl.differencingChecked": "yes", "disclosureControl.intruderTest": "done_no_match",
		"disclosureControl.attributeDisclosureChecked": "yes", "spatial.trajectories": "no",
		"confidentiality.personRegisterDisclosure": "assessed_ok", "confidentiality.sectorSecrecy": []string{"none"},
		"governance.dpiaCriteriaMet": []string{}, "governance.dpiaStatus": "not_required", "governance.dpoOpinion": "favourable",
		"security.mosaicAssessed": "yes", "security.mosaicResult": "no_new_insight",
	}
	for k, v := range more {
		a[k] = v
	}
	return a
}

// counts are the answers about tables of counts of people.
func counts(category string, cell choices, more map[string]any) map[string]any {
	a := people("aggregated", category, map[string]any{
		"dataset.granularity": "area_aggregate", "dataset.rowSubject": "person", "profile.minCellCount": cell, "profile.minDenominator": 1500,
		"disclosureControl.minCellCount": cell, "disclosureControl.secondarySuppression": "yes", "disclosureControl.rateAndPercentProtected": "yes",
		"spatial.minPopulationPerUnit": 400, "personalData.smallPopulation": "no",
	})
	for k, v := range more {
		a[k] = v
	}
	return a
}

var (
	point     = column{name: "sijainti", kind: "geojson", set: []string{"contentKind=geometry", "spatialUnit=exact_point", "spatialSubject=asset"}}
	id        = column{name: "tunnus", kind: "string"}
	count     = column{name: "lukumaara", kind: "integer", set: []string{"disclosureRole=measure"}}
	birthYear = column{name: "syntymavuosi", kind: "integer", set: []string{"disclosureRole=quasi_identifier"}}
	sex       = column{name: "sukupuoli", kind: "string", set: []string{"disclosureRole=quasi_identifier"}}
	postal    = column{name: "postinumero", kind: "string", set: []string{"disclosureRole=quasi_identifier", "spatialUnit=postal_code", "spatialSubject=person_home"}}
	comment   = column{name: "kommentti", kind: "string", set: []string{"contentKind=free_text"}}
)

var kinds = []kind{
	{
		code: "puisto", theme: "ENVI", department: "Kaupunkiympäristö", unit: "Viheralueet", weight: 12,
		title:    text("Park furniture and playgrounds", "Puistokalusteet ja leikkipaikat", "Parkmöbler och lekplatser"),
		about:    text("Benches, bins and play equipment with their type, age and condition.", "Penkit, roskakorit ja leikkivälineet sekä niiden tyyppi, ikä ja kunto.", ""),
		keywords: []string{"puistot", "leikkipaikat", "kalusteet"}, columns: []column{id, point, {name: "kunto", kind: "string"}, {name: "asennusvuosi", kind: "year"}},
	},
	{
		code: "katu", theme: "TRAN", department: "Kaupunkiympäristö", unit: "Kadut", weight: 10,
		title:    text("Street maintenance and works", "Katujen kunnossapito ja työt", "Gatuunderhåll och gatuarbeten"),
		about:    text("Maintenance classes, snow clearing and road works by street segment.", "Kunnossapitoluokat, lumityöt ja katutyöt katuosittain.", ""),
		keywords: []string{"kadut", "kunnossapito"}, columns: []column{id, {name: "katuosa", kind: "string"}, point},
		answers: map[string]any{"benefit.statutoryDuty": []string{"mobility_delegated_act"}, "dataset.hvdCategory": "mobility", "benefit.marketScope": "national"},
	},
	{
		code: "liikenne", theme: "TRAN", department: "Kaupunkiympäristö", unit: "Liikenne", weight: 8,
		title:    text("Traffic counts and parking occupancy", "Liikennelaskennat ja pysäköinnin käyttöaste", "Trafikräkningar och parkeringsbeläggning"),
		about:    text("Vehicle counts of loop detectors and free parking spaces, without plates.", "Silmukkailmaisimien ajoneuvomäärät ja vapaat pysäköintipaikat ilman rekisteritunnuksia.", ""),
		keywords: []string{"liikenne", "pysäköinti"}, columns: []column{id, {name: "aika", kind: "datetime", set: []string{"temporalPrecision=minute"}}, count, point},
		answers: map[string]any{"dataset.granularity": "time_aggregate", "dataset.rowSubject": "place", "temporal.lowCountSlots": "no", "security.liveOperations": "no",
			"release.mode": "open_api", "release.apiExists": "yes", "release.apiDocumented": "yes", "benefit.statutoryDuty": []string{"dynamic_data"}, "benefit.marketScope": "national"},
	},
	{
		code: "ilma", theme: "ENVI", department: "Ympäristöpalvelut", unit: "Ympäristönsuojelu", weight: 7,
		title:    text("Air quality and noise measurements", "Ilmanlaatu- ja melumittaukset", "Mätningar av luftkvalitet och buller"),
		about:    text("Hourly values of the measuring stations of the city.", "Kaupungin mittausasemien tuntiarvot.", ""),
		keywords: []string{"ilmanlaatu", "melu"}, columns: []column{id, {name: "aika", kind: "datetime", set: []string{"temporalPrecision=hour"}}, point},
		answers: map[string]any{"dataset.granularity": "time_aggregate", "dataset.rowSubject": "place", "dataset.hvdCategory": "earth_observation_environment",
			"benefit.statutoryDuty": []string{"hvd"}, "benefit.societalImpact": "high"},
	},
	{
		code: "energia", theme: "ENER", department: "Tilapalvelut", unit: "Energiahallinta", weight: 8,
		title:    text("Energy use of city buildings", "Kaupungin rakennusten energiankulutus", "Energianvändning i stadens byggnader"),
		about:    text("Heat, electricity and water use of schools, day-care centres and offices by building.", "Koulujen, päiväkotien ja toimistojen lämmön, sähkön ja veden kulutus rakennuksittain.", ""),
		keywords: []string{"energia", "rakennukset"}, columns: []column{id, {name: "rakennus", kind: "string", set: []string{"spatialUnit=building", "spatialSubject=building"}}, {name: "kuukausi", kind: "yearmonth", set: []string{"temporalPrecision=month"}}},
		answers: map[string]any{"dataset.granularity": "building", "dataset.rowSubject": "building", "security.assetClasses": []string{"school_daycare"}, "security.detailLevel": "existence",
			"security.usefulToAttacker": "no", "security.uniqueSource": "already_public", "security.criticalEntity": "no", "security.mosaicAssessed": "yes", "security.mosaicResult": "no_new_insight", "security.reviewDone": choices{"not_needed", "yes_approved", "no"}},
	},
	{
		code: "vesi", theme: "ENVI", department: "Vesilaitos", unit: "Verkosto", weight: 6,
		title:    text("Water and waste water network", "Vesi- ja viemäriverkosto", "Vatten- och avloppsnät"),
		about:    text("Pipes, valves and pumping stations with their size and condition.", "Putket, venttiilit ja pumppaamot sekä niiden koko ja kunto.", ""),
		keywords: []string{"vesihuolto", "verkosto"}, columns: []column{id, point, {name: "halkaisija", kind: "number"}, {name: "kunto", kind: "string"}},
		answers: map[string]any{"security.assetClasses": []string{"water_supply", "wastewater"}, "security.detailLevel": choices{"capacity_or_condition", "exact_location", "generalised_location"},
			"security.usefulToAttacker": choices{"yes", "yes", "no"}, "security.uniqueSource": choices{"unique", "more_precise_than_public"}, "security.criticalEntity": "yes",
			"security.mosaicAssessed": choices{"no", "yes"}, "security.mosaicResult": "no_new_insight", "security.reviewDone": choices{"no", "no", "yes_conditions"},
			"confidentiality.publicityStatus": choices{"partly_secret", "public"}, "confidentiality.secrecyGrounds": []any{map[string]any{"act": "621/1999", "section": "24", "item": "7", "harmClause": "absolute"}},
			"confidentiality.secretContentInRelease": choices{"yes", "no"}, "confidentiality.securityClassification": "none"},
		measures: []string{"M22", "M04"},
	},
	{
		code: "valo", theme: "ENER", department: "Kaupunkiympäristö", unit: "Valaistus", weight: 4,
		title:    text("Street lights and signals", "Katuvalot ja liikennevalot", "Gatubelysning och trafikljus"),
		about:    text("Lamps and traffic signals with type, year and position.", "Valaisimet ja liikennevalot sekä niiden tyyppi, vuosi ja sijainti.", ""),
		keywords: []string{"valaistus"}, columns: []column{id, point, {name: "asennettu", kind: "year"}},
		answers: map[string]any{"security.assetClasses": []string{"energy_grid"}, "security.detailLevel": choices{"exact_location", "unknown", "generalised_location"}, "security.usefulToAttacker": choices{"no", "unknown", "no"},
			"security.uniqueSource": "more_precise_than_public", "security.criticalEntity": "no", "security.mosaicAssessed": "yes", "security.mosaicResult": "no_new_insight", "security.reviewDone": "not_needed"},
	},
	{
		code: "kirjasto", theme: "EDUC", department: "Kulttuuri ja vapaa-aika", unit: "Kirjastot", weight: 8,
		title:    text("Library loans by branch", "Kirjastojen lainat toimipisteittäin", "Bibliotekslån per filial"),
		about:    text("Loans and visits by branch, month and age group.", "Lainat ja käynnit toimipisteen, kuukauden ja ikäryhmän mukaan.", ""),
		keywords: []string{"kirjastot", "lainat"}, columns: []column{id, {name: "toimipiste", kind: "string", set: []string{"spatialUnit=exact_point", "spatialSubject=service_point"}}, {name: "ikaryhma", kind: "string"}, count},
		answers: counts("customer", choices{5, 8, 10, 3}, nil),
	},
	{
		code: "vaesto", theme: "SOCI", department: "Konsernihallinto", unit: "Tietopalvelu", weight: 9,
		title:    text("Population by area", "Väestö alueittain", "Befolkning efter område"),
		about:    text("Residents by small area, age group, language and household size.", "Asukkaat pienalueen, ikäryhmän, kielen ja asuntokuntakoon mukaan.", ""),
		keywords: []string{"väestö", "tilastot"}, columns: []column{{name: "pienalue", kind: "string", set: []string{"spatialUnit=statistical_area", "spatialSubject=area"}}, {name: "ikaryhma", kind: "string"}, {name: "kieli", kind: "string"}, count},
		answers:  counts("resident", choices{1, 3, 5, 10}, map[string]any{"disclosureControl.secondarySuppression": choices{"yes", "yes", "no"}, "benefit.researchEducation": "high", "dataset.hvdCategory": "statistics", "benefit.statutoryDuty": []string{"hvd"}}),
		measures: []string{"M07"},
	},
	{
		code: "sote", theme: "HEAL", department: "Hyvinvointi", unit: "Asiakaspalvelut", weight: 6,
		title:    text("Clients of social services", "Sosiaalipalvelujen asiakkaat", "Klienter inom socialtjänsten"),
		about:    text("Contacts of clients with the services by day, with a key instead of the name.", "Asiakkaiden yhteydenotot palveluihin päivittäin; nimen tilalla on avain.", ""),
		keywords: []string{"sosiaalipalvelut"}, columns: []column{{name: "asiakasavain", kind: "string", set: []string{"disclosureRole=pseudonymous_key", "transforms=keyed_hash"}}, birthYear, postal, {name: "palvelu", kind: "string", set: []string{"disclosureRole=sensitive_attribute", "specialCategory=health"}}, {name: "paiva", kind: "date", set: []string{"temporalPrecision=day", "disclosureRole=quasi_identifier"}}},
		answers: people("record_pseudonymised", "social_welfare_client", map[string]any{"dataset.granularity": "event", "dataset.rowSubject": "person", "profile.kMin": choices{1, 2, 3}, "profile.lMin": 1,
			"personalData.longitudinal": "yes", "personalData.publicationLegalBasis": "none", "personalData.expectation": "surprising", "personalData.compatibilityAssessed": "no",
			"disclosureControl.keyDestroyed": "no", "disclosureControl.linkageResult": "likely", "disclosureControl.intruderTest": "not_done", "confidentiality.publicityStatus": "secret",
			"confidentiality.secrecyGrounds": []any{map[string]any{"act": "621/1999", "section": "24", "item": "25", "harmClause": "absolute"}}, "confidentiality.secretContentInRelease": "yes",
			"confidentiality.personRegisterDisclosure": "not_allowed", "confidentiality.sectorSecrecy": []string{"social_welfare", "health_care"}, "confidentiality.securityClassification": "none",
			"governance.dpiaCriteriaMet": []string{"sensitive", "large_scale", "vulnerable"}, "governance.dpiaStatus": choices{"done", "not_done"}, "governance.dpiaResidualRisk": "medium",
			"release.restrictedChannel": choices{"permit_authority", "none"}, "release.restrictedChannelBasis": "Act 552/2019", "benefit.societalImpact": "high", "benefit.researchEducation": "high"}),
		measures: []string{"M06", "M18"},
	},
	{
		code: "oppilas", theme: "EDUC", department: "Kasvatus ja koulutus", unit: "Perusopetus", weight: 7,
		title:    text("Pupils and learning results", "Oppilaat ja oppimistulokset", "Elever och lärresultat"),
		about:    text("Results of pupils by school and class, one row for each pupil.", "Oppilaiden tulokset kouluittain ja luokittain, rivi oppilasta kohti.", ""),
		keywords: []string{"koulut", "oppiminen"}, columns: []column{{name: "koulu", kind: "string", set: []string{"disclosureRole=quasi_identifier", "spatialUnit=exact_point", "spatialSubject=service_point"}}, {name: "luokka_aste", kind: "integer", set: []string{"disclosureRole=quasi_identifier"}}, sex, {name: "aidinkieli", kind: "string", set: []string{"disclosureRole=quasi_identifier"}}, {name: "tulos", kind: "number", set: []string{"disclosureRole=sensitive_attribute"}}},
		answers: people("record_anonymised", "pupil", map[string]any{"dataset.granularity": "record", "dataset.rowSubject": "person", "profile.kMin": choices{1, 2, 4, 6}, "profile.lMin": choices{1, 2, 3}, "profile.uniqueShare": choices{0.0, 0.05, 0.3},
			"disclosureControl.intruderTest": choices{"not_done", "done_no_match"}, "disclosureControl.linkageResult": choices{"possible", "remote"}, "confidentiality.sectorSecrecy": []string{"education_records"},
			"impact.stigmatisation": choices{"low", "moderate"}, "impact.groupsConsulted": choices{"no", "yes"}, "governance.dpiaCriteriaMet": []string{"vulnerable"}, "governance.dpiaStatus": choices{"done", "not_done"}, "governance.dpiaResidualRisk": "low"}),
		measures: []string{"M01", "M09", "M31", "M21"}, measured: map[string][]string{"M01": {"aidinkieli"}},
	},
	{
		code: "kysely", theme: "GOVE", department: "Kulttuuri ja vapaa-aika", unit: "Museot", weight: 7,
		title:    text("Customer survey", "Asiakaskysely", "Kundenkät"),
		about:    text("Answers of customers with background questions and free comments.", "Asiakkaiden vastaukset taustakysymyksineen ja vapaine kommentteineen.", ""),
		keywords: []string{"kysely", "asiakkaat"}, columns: []column{{name: "ika", kind: "integer", set: []string{"disclosureRole=quasi_identifier"}}, sex, postal, {name: "kieli", kind: "string", set: []string{"disclosureRole=quasi_identifier"}}, comment},
		answers: people("record_anonymised", "visitor", map[string]any{"dataset.granularity": "record", "dataset.rowSubject": "person", "profile.kMin": choices{1, 1, 3, 5}, "profile.uniqueShare": choices{0.0, 0.2, 0.4},
			"personalData.collectionContext": "voluntary_survey", "personalData.confidentialityPromised": choices{"yes", "no"}, "content.freeTextReview": choices{"none", "manual", "both"},
			"disclosureControl.intruderTest": choices{"not_done", "done_no_match"}, "disclosureControl.linkageAssessed": choices{"no", "yes"}}),
		measures: []string{"M12", "M01", "M02", "M09", "M31"}, measured: map[string][]string{"M12": {"kommentti"}, "M01": {"kieli"}, "M02": {"ika"}},
	},
	{
		code: "lasku", theme: "ECON", department: "Konsernihallinto", unit: "Talous", weight: 7,
		title:    text("Purchase invoices", "Ostolaskut", "Inköpsfakturor"),
		about:    text("Invoices of the city by supplier, account and day.", "Kaupungin ostolaskut toimittajan, tilin ja päivän mukaan.", ""),
		keywords: []string{"hankinnat", "laskut", "talous"}, columns: []column{id, {name: "toimittaja", kind: "string", set: []string{"disclosureRole=direct_identifier"}}, {name: "y_tunnus", kind: "string"}, {name: "selite", kind: "string", set: []string{"contentKind=free_text"}}, {name: "summa", kind: "number", set: []string{"disclosureRole=measure"}}},
		answers: people("record_identifiable", "sole_trader", map[string]any{"dataset.granularity": "event", "dataset.rowSubject": "company", "personalData.publicationLegalBasis": "public_task", "personalData.publicationLegalBasisRef": "Municipal Act 410/2015",
			"content.freeTextReview": choices{"none", "automated", "both"}, "confidentiality.tradeSecrets": choices{"no", "no", "yes"}, "confidentiality.ownersConsulted": choices{"yes", "no"}, "disclosureControl.dominanceRule": "not_applicable",
			"benefit.transparency": "high", "benefit.statutoryDuty": []string{"municipal_act_transparency"}, "profile.kMin": 1, "governance.dpiaStatus": "done", "governance.dpiaResidualRisk": "low"}),
		measures: []string{"M12"}, measured: map[string][]string{"M12": {"selite"}},
	},
	{
		code: "rakennus", theme: "REGI", department: "Kaupunkiympäristö", unit: "Rakennusvalvonta", weight: 6,
		title:    text("Buildings and permits", "Rakennukset ja luvat", "Byggnader och lov"),
		about:    text("Building permits with address, use and floor area.", "Rakennusluvat osoitteineen, käyttötarkoituksineen ja kerrosaloineen.", ""),
		keywords: []string{"rakennukset", "luvat"}, columns: []column{id, {name: "osoite", kind: "string", set: []string{"spatialUnit=address", "spatialSubject=building"}}, {name: "kerrosala", kind: "number"}, {name: "kaytto", kind: "string"}},
		answers: map[string]any{"dataset.granularity": "building", "dataset.rowSubject": "building", "dataset.hvdCategory": "geospatial", "rights.rightsHolder": choices{"publisher", "mixed", "third_party"},
			"rights.thirdPartySources":     choices{[]any{}, []any{map[string]any{"name": "Map of the county", "licence": "CC-BY-4.0", "allowsRedistribution": "yes", "shareAlike": "no"}}, []any{map[string]any{"name": "Aerial images", "licence": "own terms", "allowsRedistribution": "no", "shareAlike": "no"}}},
			"rights.contributorTermsAllow": "yes", "confidentiality.pendingMatter": choices{"none", "none", "none", "draft", "litigation"}},
		measures: []string{"M19"},
	},
	{
		code: "palvelu", theme: "GOVE", department: "Konsernihallinto", unit: "Viestintä", weight: 8,
		title:    text("Service points and opening hours", "Palvelupisteet ja aukioloajat", "Serviceställen och öppettider"),
		about:    text("Services of the city with address, opening hours and accessibility.", "Kaupungin palvelut osoitteineen, aukioloaikoineen ja esteettömyystietoineen.", ""),
		keywords: []string{"palvelut", "aukioloajat"}, columns: []column{id, {name: "nimi", kind: "string"}, {name: "osoite", kind: "string", set: []string{"spatialUnit=exact_point", "spatialSubject=service_point"}}},
		answers: map[string]any{"dataset.rowSubject": "place", "benefit.inclusionImpact": "high", "benefit.sharedModel": "national_standard", "release.apiExists": "yes", "release.apiDocumented": "yes"},
	},
	{
		code: "liikkuminen", theme: "TRAN", department: "Kaupunkiympäristö", unit: "Kaupunkipyörät", weight: 4,
		title:    text("City bike trips", "Kaupunkipyörien matkat", "Resor med stadscyklar"),
		about:    text("Trips from station to station with times, without the user.", "Matkat asemalta asemalle aikoineen ilman käyttäjää.", ""),
		keywords: []string{"pyöräily", "matkat"}, columns: []column{{name: "lahtoasema", kind: "string", set: []string{"disclosureRole=quasi_identifier", "spatialUnit=exact_point", "spatialSubject=service_point"}}, {name: "lahtoaika", kind: "datetime", set: []string{"temporalPrecision=minute", "disclosureRole=quasi_identifier"}}, {name: "paluuasema", kind: "string"}},
		answers: people("record_anonymised", "customer", map[string]any{"dataset.granularity": "event", "dataset.rowSubject": "event", "spatial.trajectories": choices{"no", "yes"}, "spatial.pointsPerSubject": 2, "profile.kMin": choices{1, 2, 5, 8},
			"governance.processorInvolved": choices{"yes_contract_allows", "yes_contract_silent"}, "temporal.lowCountSlots": choices{"yes", "no"}, "temporal.releaseLag": "P30D"}),
		measures: []string{"M05", "M09", "M27"},
	},
	{
		code: "ict", theme: "TECH", department: "Konsernihallinto", unit: "Tietohallinto", weight: 3,
		title:    text("Information systems and cameras", "Tietojärjestelmät ja kamerat", "Informationssystem och kameror"),
		about:    text("Systems, servers and surveillance cameras with owners and versions.", "Järjestelmät, palvelimet ja valvontakamerat omistajineen ja versioineen.", ""),
		keywords: []string{"tietojärjestelmät"}, columns: []column{id, {name: "palvelin", kind: "string"}, {name: "ip_osoite", kind: "string"}, {name: "versio_tieto", kind: "string"}},
		answers: map[string]any{"security.itDetailsPresent": choices{"yes", "yes", "no"}, "security.assetClasses": []string{"it_system", "cctv_access_control"}, "security.detailLevel": "access_or_control", "security.usefulToAttacker": "yes", "security.uniqueSource": "unique",
			"security.criticalEntity": "no", "security.mosaicAssessed": "no", "security.reviewDone": "no", "confidentiality.publicityStatus": "partly_secret", "confidentiality.secretContentInRelease": choices{"yes", "no"},
			"confidentiality.secrecyGrounds": []any{map[string]any{"act": "621/1999", "section": "24", "item": "7", "harmClause": "absolute"}}, "confidentiality.securityClassification": "none"},
		measures: []string{"M22"},
	},
}
