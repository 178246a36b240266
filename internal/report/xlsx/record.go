package xlsx

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/spreadsheet"
)

// recordID is the identifier of the report: a UUID made from the digest of the
// assessment, so that the same assessment has the same identifier.
func (r *report) recordID() string {
	d := []byte(r.digest[:32])
	d[12] = '8' // a UUID of version 8: its content is our own
	d[16] = "89ab"[d[16]&3]
	return fmt.Sprintf("urn:uuid:%s-%s-%s-%s-%s", d[:8], d[8:12], d[12:16], d[16:20], d[20:32])
}

// given is a text of the descriptor, "" where it says that there is none.
func given(s string) string {
	if s == "-" || s == "unknown" {
		return ""
	}
	return s
}

// properties are the custom properties of the document, under the names that
// document management systems use.
func (r *report) properties() []property {
	g := r.record.Governance
	publicity := ""
	if p := given(g.AssessmentPublicity); p != "" {
		publicity = r.w.T("report.publicity." + p)
	}
	return []property{
		{"RecordID", r.recordID()},
		{"RecordType", r.w.T("report.record.typeValue")},
		{"Status", r.w.T("report.stage." + stage(r.a.Stage))},
		{"CaseID", given(g.RecordID)},
		{"RetentionClass", given(g.RetentionClass)},
		{"PublicityClass", publicity},
		{"SecurityReason", r.secrecyGround()},
		{"PersonalData", r.w.T("report.record.personalDataValue")},
		{"Organization", r.o.Organisation},
		{"DatasetID", r.a.Dataset.Identifier},
		{"Verdict", r.a.Outcome},
		{"VerdictLabel", r.w.OutcomeLabel(r.a.Outcome)},
		{"AssessmentDate", r.a.Date},
		{"ResultSHA256", r.digest},
		{"DescriptorSHA256", hexOf(r.a.Digests.Descriptor)},
		{"PolicySHA256", hexOf(r.a.Digests.Policies)},
		{"ChecklistsSHA256", hexOf(r.a.Digests.Checklists)},
		{"ParametersSHA256", hexOf(r.a.Digests.Parameters)},
		{"PolicyRevision", r.a.Version.Policy},
		{"EngineVersion", strings.TrimSpace(r.a.Tool.Name + " " + r.a.Tool.Version)},
	}
}

// secrecyGround says that a ground is to be given when the report is not public;
// which one it is people decide.
func (r *report) secrecyGround() string {
	switch given(r.record.Governance.AssessmentPublicity) {
	case "partly_secret", "secret":
		return r.w.T("report.record.toBeGiven")
	}
	return ""
}

func hexOf(digest string) string { return strings.TrimPrefix(digest, "sha256:") }

// metadata is the sheet for the document management system.
func (r *report) metadata() *sheet {
	s := r.newSheet("record")
	s.onePage = true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{{width: 41, title: t("property")}, {width: 71, title: t("value")}, {width: 24, title: t("term")}}
	s.head(r.sheetName("record"), r.w.T("report.record.about"), r.back())
	s.tableHeader()
	line := func(key, value, term string) {
		s.add(row{least: 18, cells: []cell{text(r.w.T("report.record."+key), textStyle.InBold()), text(r.clip(value), textStyle), text(term, textStyle.Muted())}})
	}
	// ask shows a value, or a cell to fill in where it is missing.
	ask := func(key, value, name, term string) {
		c := text(r.clip(value), textStyle)
		if value == "" {
			c = input("record_" + name)
			if name == "publicity" {
				s.lists = append(s.lists, list{ref: spreadsheet.At(2, s.next()), source: "lst_publicity", title: r.w.T("report.record." + key), prompt: r.w.T("report.prompt.list"), error: r.w.T("report.prompt.list")})
			}
		}
		s.add(row{least: 18, grows: value == "", cells: []cell{text(r.w.T("report.record."+key), textStyle.InBold()), c, text(term, textStyle.Muted())}})
	}
	g := r.record.Governance
	publicity := ""
	if p := given(g.AssessmentPublicity); p != "" {
		publicity = r.w.T("report.publicity." + p)
	}
	line("identifier", r.recordID(), "dcterms:identifier")
	line("title", r.w.T("report.record.titleValue", "title", r.title()), "dcterms:title")
	line("type", r.w.T("report.record.typeValue"), "dcterms:type")
	line("status", r.w.T("report.stage."+stage(r.a.Stage)), "Status")
	line("language", r.w.Lang, "dcterms:language")
	ask("creator", r.o.Organisation, "creator", "dcterms:creator")
	line("tool", strings.TrimSpace(r.a.Tool.Name+" "+r.a.Tool.Version), "EngineVersion")
	line("created", r.a.Date, "dcterms:created")
	rec := assessment.Record{}
	if p := r.a.Profile; p != nil {
		rec = p.Record
		line("profile", r.w.Profile(p), "")
		line("profileDigest", hexOf(p.Digest), "ProfileSHA256")
		line("layers", r.w.Layers(p), "")
	}
	if publicity == "" && rec.Publicity != "" {
		publicity = r.w.T("report.publicity." + rec.Publicity)
	}
	if rec.FunctionCode != "" {
		line("function", rec.FunctionCode, "FunctionCode")
	}
	if n := rec.RetentionPeriod; n != 0 {
		period := r.w.T("report.record.years", "n", strconv.Itoa(n))
		if n < 0 {
			period = r.w.T("report.record.permanent")
		}
		line("retentionPeriod", period, "RetentionPeriod")
	}
	if s := checklist.Text(rec.RetentionReason).In(r.w.Lang); s != "" {
		line("retentionReason", s, "RetentionReason")
	}
	if s := checklist.Text(rec.CaseNumber).In(r.w.Lang); s != "" {
		line("caseForm", s, "")
	}
	ask("case", given(g.RecordID), "case", "CaseID")
	ask("retention", cmp.Or(given(g.RetentionClass), rec.RetentionClass), "retention", "RetentionClass")
	ask("publicity", publicity, "publicity", "PublicityClass")
	ask("ground", "", "ground", "SecurityReason")
	line("personalData", r.w.T("report.record.personalDataValue"), "PersonalData")
	line("dataset", r.a.Dataset.Identifier, "dcterms:subject")
	line("source", r.a.Dataset.Source, "dcterms:source")
	line("outcome", r.w.OutcomeLabel(r.a.Outcome)+" ("+r.a.Outcome+")", "Verdict")
	line("descriptorVersion", r.a.Version.Descriptor, "")
	line("descriptorDigest", hexOf(r.a.Digests.Descriptor), "DescriptorSHA256")
	line("policyVersion", r.w.T("report.record.versions", "policy", r.a.Version.Policy, "risk", r.a.Version.Risk, "opportunity", r.a.Version.Opportunity), "PolicyRevision")
	line("policyDigest", hexOf(r.a.Digests.Policies), "PolicySHA256")
	line("checklistsDigest", hexOf(r.a.Digests.Checklists), "ChecklistsSHA256")
	line("parametersDigest", hexOf(r.a.Digests.Parameters), "ParametersSHA256")
	if len(r.a.NotInForce) > 0 {
		line("notInForce", r.w.NotInForce(r.a.NotInForce), "")
	}
	if p := r.a.Profile; p != nil {
		for i := range p.Changes {
			line("override", r.w.Override(&p.Changes[i]), "")
		}
		if len(p.Changes) == 0 {
			line("override", r.w.T("profile.no_changes"), "")
		}
	}
	line("digest", r.digest, "ResultSHA256")
	line("copy", r.w.T("report.record.copyValue"), "")
	line("verify", r.w.T("report.record.verifyValue"), "")
	return s
}
