package lint

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"puntari/internal/checklist"
	"puntari/policies"
)

// tree is a copy of the policies that a test may spoil.
type tree struct {
	t     *testing.T
	files fstest.MapFS
}

func newTree(t *testing.T) *tree {
	t.Helper()
	out := &tree{t, fstest.MapFS{}}
	err := fs.WalkDir(policies.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := policies.Files.ReadFile(name)
		out.files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// replace changes a piece of a file, which must be there.
func (p *tree) replace(file, old, new string) {
	p.t.Helper()
	before := string(p.files[file].Data)
	after := strings.Replace(before, old, new, 1)
	if before == after {
		p.t.Fatalf("%s does not hold %q", file, old)
	}
	p.files[file].Data = []byte(after)
}

// add writes more into a file.
func (p *tree) add(file, text string) {
	p.files[file].Data = append(slices.Clone(p.files[file].Data), "\n"+text+"\n"...)
}

const rights = "risk/rights.rego"

// mistake is a small mistake with the code of its finding and a part of what is
// said in English.
type mistake struct {
	code, says string
	spoil      func(c *checklist.Catalogue, p *tree)
}

func setParam(c *checklist.Catalogue, name string, set func(*checklist.Param)) {
	p := c.Policy.Params[name]
	set(&p)
	c.Policy.Params[name] = p
}

var bad = []mistake{
	{"rego", "unexpected eof", func(_ *checklist.Catalogue, p *tree) { p.add(rights, "fail contains {") }},
	{"rego_unsafe", "nowhere", func(_ *checklist.Catalogue, p *tree) { p.add(rights, "_helper if nowhere") }},
	{"layout", "--fix", func(_ *checklist.Catalogue, p *tree) { p.replace(rights, "\tis.rights", "    is.rights") }},
	{"package", `"rights"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "package puntari.risk.rights", "package rights")
	}},
	{"catalogue", "nowhere", func(c *checklist.Catalogue, _ *tree) {
		c.Descriptor.Field("profile.kMin").OnlyWhen.Path = "nowhere"
	}},
	{"item_without_rule", "RISK-NEW-01", func(c *checklist.Catalogue, _ *tree) {
		c.Risk.Items = append(c.Risk.Items, checklist.Item{ID: "RISK-NEW-01", Theme: "PER"})
	}},
	{"row_without_item", "RISK-IPR-99", func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, `concern contains "RISK-IPR-99" if is.rights.licence.closed`)
	}},
	{"row_elsewhere", "puntari.risk.security", func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, `concern contains "RISK-SAF-04" if is.rights.licence.closed`)
	}},
	{"row_kind", `"pass"`, func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, `pass contains "RISK-IPR-01" if is.rights.licence.open`)
	}},
	{"row_kind", `"helper"`, func(_ *checklist.Catalogue, p *tree) { p.add(rights, `helper if is.rights.licence.open`) }},
	{"row_missing", `"fail"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("risk/security.rego", `fail contains "RISK-SAF-04"`, `concern contains "RISK-SAF-04"`)
	}},
	{"row_metadata", "RISK-IPR-02", func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "#   item: RISK-IPR-02", "#   item: RISK-IPR-03")
	}},
	{"reason_missing", `"concern"`, func(c *checklist.Catalogue, _ *tree) { delete(c.Item("RISK-IPR-01").Reasons, "concern") }},
	{"reason_unused", `"na"`, func(c *checklist.Catalogue, _ *tree) {
		reasons := c.Item("RISK-IPR-01").Reasons
		reasons["na"] = reasons["pass"]
	}},
	{"text_missing", "items RISK-IPR-01 title", func(c *checklist.Catalogue, _ *tree) { delete(c.Item("RISK-IPR-01").Title, "sv") }},
	{"text_missing", "lint.rego", func(c *checklist.Catalogue, _ *tree) { c.Messages["lint.rego"]["fi"] = " " }},
	{"text_placeholders", "items RISK-IPR-01 reasons fail", func(c *checklist.Catalogue, _ *tree) {
		c.Item("RISK-IPR-01").Reasons["fail"]["fi"] += " {licence}"
	}},
	{"placeholder_unknown", `"kMin"`, func(c *checklist.Catalogue, _ *tree) {
		for lang := range c.Item("RISK-IPR-01").Reasons["fail"] {
			c.Item("RISK-IPR-01").Reasons["fail"][lang] += " {kMin}"
		}
	}},
	{"fact_unknown", "is.rights.rightsHolder.third_partyy", func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "is.rights.rightsHolder.third_party", "is.rights.rightsHolder.third_partyy")
	}},
	{"fact_unknown", "is.rights.rightHolder", func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "is.rights.rightsHolder.third_party", "is.rights.rightHolder.third_party")
	}},
	{"fact_unknown", "allowRedistribution", func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "source.isnt.allowsRedistribution", "source.isnt.allowRedistribution")
	}},
	{"fact_unknown", "columns.*.is.spatialUnit.smal_area", func(_ *checklist.Catalogue, p *tree) {
		p.replace("risk/location.rego", "column.is.spatialUnit.small_area", "column.is.spatialUnit.smal_area")
	}},
	{"fact_unknown", "proven.demand.requesterTypes.compani", func(_ *checklist.Catalogue, p *tree) {
		p.replace("conditions.rego", `outside := {"company"`, `outside := {"compani"`)
	}},
	{"fact_unknown", "is.dataset.accrualPeriodicity.FORTNIGHTLY", func(_ *checklist.Catalogue, p *tree) {
		p.replace("conditions.rego", `"WEEKLY": 7`, `"FORTNIGHTLY": 14`)
	}},
	{"fact_unknown", "failing.RISK-SAF-40", func(_ *checklist.Catalogue, p *tree) {
		p.replace("decision/outcome.rego", `failing["RISK-SAF-04"]`, `failing["RISK-SAF-40"]`)
	}},
	{"fact_incomplete", "is.rights.rightsHolder", func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "is.rights.rightsHolder.third_party", "is.rights.rightsHolder")
	}},
	{"direction", "is.profile.minDenominator.highest", func(_ *checklist.Catalogue, p *tree) {
		p.replace("risk/anonymisation.rego", "is.profile.minDenominator.lowest <", "is.profile.minDenominator.highest <")
	}},
	{"direction", "is.rights.thirdPartySources.size.lowest", func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "size.lowest <= 0", "size.lowest == 0")
	}},
	{"data_unknown", "data.puntari.conditions.asssets", func(_ *checklist.Catalogue, p *tree) {
		p.replace("risk/security.rego", "\tconditions.assets\n", "\tconditions.asssets\n")
	}},
	{"data_unknown", "data.params.kMn", func(_ *checklist.Catalogue, p *tree) {
		p.replace("risk/anonymisation.rego", "params.kMin", "params.kMn")
	}},
	{"negation", `"not"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "isnt.rights.licence.other_open", "not is.rights.licence.other_open")
	}},
	{"negation", `"default"`, func(_ *checklist.Catalogue, p *tree) { p.add(rights, "default _permission_not_shown := true") }},
	{"negation", `"else"`, func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, "_mine if is.rights.licence.open\n\nelse := true")
	}},
	{"negation", `"false"`, func(_ *checklist.Catalogue, p *tree) { p.add(rights, "_mine := false if is.rights.licence.open") }},
	{"negation", `"every"`, func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, "_mine if every s in is.rights.thirdPartySources.entries { s.is.shareAlike.no }")
	}},
	{"negation", `"with"`, func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, "_mine if is.rights.licence.open with input as {}")
	}},
	{"negation", `"count"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("conditions.rego", "count(_dpia_criteria) >= 2", "count(_dpia_criteria) < 2")
	}},
	{"direction", "is.rights.licence", func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, `_mine if is.rights.licence != {"open": true}`)
	}},
	{"builtin", `"time.parse_rfc3339_ns"`, func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, `_mine if time.parse_rfc3339_ns("2026-01-01T00:00:00Z") > 0`)
	}},
	{"rego_recursion", "_mine", func(_ *checklist.Catalogue, p *tree) { p.add(rights, "_mine if _mine") }},
	{"rego_type", "http.send", func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, `_mine if http.send({"method": "get", "url": "x"})`)
	}},
	{"opposite", `"not_assets"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("conditions.rego", "#   opposite: not_assets", "#   opposite: no_assets")
	}},
	{"opposite", `"not_identifiable"`, func(_ *checklist.Catalogue, p *tree) {
		p.add("conditions.rego", "not_identifiable if isnt.personalData.releaseLevel.identifiable")
	}},
	{"apart", `"_permission_not_shown"`, func(_ *checklist.Catalogue, p *tree) {
		p.add(rights, "_permission_not_shown if is.rights.licence.closed")
	}},
	{"package_title", `"risk.rights"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace(rights, "# title: \"Rights, contracts, third parties\"\n", "")
	}},
	{"rule_title", `"trade_secrets_possible"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("asked.rego", "# METADATA\n# title: \"Trade secrets are possible\"\n", "")
	}},
	{"rule_words", "docs.conditions.assets", func(_ *checklist.Catalogue, p *tree) {
		p.replace("conditions.rego", "# title: Assets are listed", "# title: Assets are shown")
	}},
	{"rule_words", "docs.asked.media", func(c *checklist.Catalogue, _ *tree) { delete(c.Messages, "docs.asked.media") }},
	{"rule_unused", `"_leftover"`, func(_ *checklist.Catalogue, p *tree) { p.add(rights, "_leftover if is.rights.licence.open") }},
	{"ask_unknown", `"record_levell"`, func(c *checklist.Catalogue, _ *tree) { c.Descriptor.Field("profile.kMin").AskWhen = "record_levell" }},
	{"ask_unused", `"trajectories"`, func(c *checklist.Catalogue, _ *tree) {
		c.Descriptor.Field("spatial.pointsPerSubject").AskWhen = "always"
	}},
	{"clears_nothing", "M14", func(c *checklist.Catalogue, _ *tree) { c.Mitigation("M14").Clears = nil }},
	{"not_cleared", "M14", func(c *checklist.Catalogue, _ *tree) {
		it := c.Item("RISK-IPR-01")
		it.Mitigations = append(it.Mitigations, "M14")
	}},
	{"not_listed", "M14", func(c *checklist.Catalogue, _ *tree) {
		m := c.Mitigation("M14")
		m.Clears = append(m.Clears, "RISK-IPR-01")
	}},
	{"out_of_range", "RISK-IPR-01 is 7", func(c *checklist.Catalogue, _ *tree) { c.Item("RISK-IPR-01").Severity = 7 }},
	{"out_of_range", "weight", func(c *checklist.Catalogue, _ *tree) { c.Opportunity.Items[0].Weight = 11 }},
	{"undefined", `item "RISK-IPR-99"`, func(c *checklist.Catalogue, _ *tree) {
		m := c.Mitigation("M14")
		m.Clears = append(m.Clears, "RISK-IPR-99")
	}},
	{"undefined", `change "M99"`, func(c *checklist.Catalogue, _ *tree) { c.Item("RISK-IPR-01").Mitigations = []string{"M99"} }},
	{"undefined", `amount of work "years"`, func(c *checklist.Catalogue, _ *tree) { c.Mitigation("M14").Effort = "years" }},
	{"undefined", `amount of work "weeks"`, func(c *checklist.Catalogue, _ *tree) {
		c.Efforts = slices.DeleteFunc(c.Efforts, func(e checklist.Effort) bool { return e.Code == "weeks" })
	}},
	{"twice", `amount of work "days"`, func(c *checklist.Catalogue, _ *tree) { c.Efforts = append(c.Efforts, c.Efforts[1]) }},
	{"text_missing", `"days label"`, func(c *checklist.Catalogue, _ *tree) {
		c.Efforts[1].Label = checklist.Text{"en": "days", "fi": "päiviä"}
	}},
	{"out_of_range", "value of unknownShareMax is 20", func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "unknownShareMax", func(p *checklist.Param) { p.Value = 20 })
	}},
	{"out_of_range", "value of kMin is 1", func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "kMin", func(p *checklist.Param) { p.Dated = []checklist.DatedValue{{Value: 1}} })
	}},
	{"not_whole", "kMin is 5.5", func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "kMin", func(p *checklist.Param) { p.Value = 5.5 })
	}},
	{"undefined", `field "profile.kMax"`, func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "quasiBlankMax", func(p *checklist.Param) { p.Measured = []string{"profile.kMax"} })
	}},
	{"undefined", `hard stop "G99"`, func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "kMin", func(p *checklist.Param) { p.HardStops = []string{"G99"} })
	}},
	{"undefined", `parameter "rare"`, func(c *checklist.Catalogue, _ *tree) { c.Evidence.Judgement.Rare = "rare" }},
	{"measured", "parameter trackPointsKnown", func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "trackPointsKnown", func(p *checklist.Param) { p.Measured = nil })
	}},
	{"measured", "parameter minDenominator", func(c *checklist.Catalogue, _ *tree) {
		setParam(c, "minDenominator", func(p *checklist.Param) { p.Measured = []string{"profile.kMin"} })
	}},
	{"undefined", `hard stop "G12"`, func(c *checklist.Catalogue, _ *tree) { c.Item("RISK-IPR-01").HardStop = "G12" }},
	{"undefined", `source "gdprr"`, func(c *checklist.Catalogue, _ *tree) { c.Policy.HardStops[1].References[0].Source = "gdprr" }},
	{"undefined", `level "medium"`, func(c *checklist.Catalogue, _ *tree) { c.Policy.Levels.Item["fail"][2] = "medium" }},
	{"undefined", `role "mayor"`, func(c *checklist.Catalogue, _ *tree) { c.Policy.SignOff[0].Roles = []string{"mayor"} }},
	{"undefined", `theme "XYZ"`, func(c *checklist.Catalogue, _ *tree) { c.Policy.Scoring.Scores[0].PeakThemes[0] = "XYZ" }},
	{"undefined", `group of themes "XYZ"`, func(c *checklist.Catalogue, _ *tree) { c.Opportunity.Themes[0].Group = "XYZ" }},
	{"undefined", `field "content.media = yes"`, func(c *checklist.Catalogue, _ *tree) {
		for i := range c.Risk.Items {
			if also := c.Risk.Items[i].AlsoStops; also != nil {
				also.When = checklist.FieldIs{Path: "content.media", Value: "yes"}
			}
		}
	}},
	{"undefined", `disclosure role "identifier"`, func(c *checklist.Catalogue, _ *tree) { c.Lexicon.Entries[0].Role = "identifier" }},
	{"undefined", `outcome "CLOSED"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("decision/outcome.rego", `else := "DO_NOT_OPEN"`, `else := "CLOSED"`)
	}},
	{"unused", `outcome "DO_NOT_OPEN"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("decision/outcome.rego", `else := "DO_NOT_OPEN"`, `else := "RESTRICTED"`)
	}},
	{"undefined", `priority "P0"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("decision/outcome.rego", `priority := "P1"`, `priority := "P0"`)
	}},
	{"undefined", `sign-off rule "shut"`, func(_ *checklist.Catalogue, p *tree) {
		p.replace("decision/sign_off.rego", `sign_off contains "closed"`, `sign_off contains "shut"`)
	}},
	{"unused", `parameter "spare"`, func(c *checklist.Catalogue, _ *tree) {
		c.Policy.Params["spare"] = c.Policy.Params["kMin"]
	}},
	{"unused", `hard stop "G12"`, func(c *checklist.Catalogue, _ *tree) {
		stop := c.Policy.HardStops[0]
		stop.Code = "G12"
		c.Policy.HardStops = append(c.Policy.HardStops, stop)
	}},
	{"unused", `role "mayor"`, func(c *checklist.Catalogue, _ *tree) {
		c.Policy.Roles = append(c.Policy.Roles, checklist.Role{Code: "mayor", Label: c.Policy.Roles[0].Label})
	}},
	{"unused", `source "spare"`, func(c *checklist.Catalogue, _ *tree) { c.Sources["spare"] = c.Sources["gdpr"] }},
	{"twice", `item "RISK-IPR-01"`, func(c *checklist.Catalogue, _ *tree) {
		c.Risk.Items = append(c.Risk.Items, *c.Item("RISK-IPR-01"))
	}},
	{"twice", `change "M14"`, func(c *checklist.Catalogue, _ *tree) {
		c.Mitigations = append(c.Mitigations, *c.Mitigation("M14"))
	}},
	{"twice", `name in the lexicon "hetu"`, func(c *checklist.Catalogue, _ *tree) {
		c.Lexicon.Entries[1].Names = append(c.Lexicon.Entries[1].Names, "hetu")
	}},
	{"group_value", `"gravel"`, func(c *checklist.Catalogue, _ *tree) {
		c.Descriptor.Field("rights.licence").Groups["open"] = []string{"gravel"}
	}},
	{"group_of_no_values", "dataset.identifier", func(c *checklist.Catalogue, _ *tree) {
		c.Descriptor.Field("dataset.identifier").Groups = map[string][]string{"numbers": {"one"}}
	}},
	{"version", `"1.0"`, func(c *checklist.Catalogue, _ *tree) { c.Policy.Version = "1.0" }},
	{"version", `"1.02.0"`, func(c *checklist.Catalogue, _ *tree) { c.Risk.Version = "1.02.0" }},
	{"date", `"1.3.2026" at RISK-IPR-01`, func(c *checklist.Catalogue, _ *tree) { c.Item("RISK-IPR-01").ValidFrom = "1.3.2026" }},
	{"date", `"2026-02-30" at kMin`, func(c *checklist.Catalogue, _ *tree) {
		p := c.Policy.Params["kMin"]
		p.Dated = []checklist.DatedValue{{Validity: checklist.Validity{ValidTo: "2026-02-30"}}}
		c.Policy.Params["kMin"] = p
	}},
	{"dates_order", "from 2026-03-01 to 2026-02-01", func(c *checklist.Catalogue, _ *tree) {
		c.Item("RISK-IPR-01").References[0].Validity = checklist.Validity{ValidFrom: "2026-03-01", ValidTo: "2026-02-01"}
	}},
	{"dates_overlap", "kMin", func(c *checklist.Catalogue, _ *tree) {
		p := c.Policy.Params["kMin"]
		p.Dated = []checklist.DatedValue{{Validity: checklist.Validity{ValidTo: "2026-03-01"}}, {Validity: checklist.Validity{ValidFrom: "2026-03-01"}}}
		c.Policy.Params["kMin"] = p
	}},
	{"lexicon_name", `"etunimi2 x"`, func(c *checklist.Catalogue, _ *tree) {
		c.Lexicon.Entries[0].Names = append(c.Lexicon.Entries[0].Names, "Etunimi2_X")
	}},
}

func TestFindings(t *testing.T) {
	for _, b := range bad {
		t.Run(b.code+" "+b.says, func(t *testing.T) {
			t.Parallel()
			c, p := builtin(t), newTree(t)
			b.spoil(c, p)
			var got []string
			findings := Check(c, p.files)
			if b.code == "layout" {
				findings, _ = Layout(p.files)
			}
			for _, f := range findings {
				text := f.Text(c, "en")
				if f.Code == b.code && strings.Contains(text, b.says) {
					told(t, c, f)
					return
				}
				got = append(got, f.Code+" "+text)
			}
			t.Errorf("not found, only:\n%s", strings.Join(got, "\n"))
		})
	}
}

// told fails unless the words of a finding ask for nothing that it does not tell.
func told(t *testing.T, c *checklist.Catalogue, f Finding) {
	t.Helper()
	if kind, ok := f.Params["kind"]; ok && c.Messages["lint.kind."+kind] == nil {
		t.Errorf("lint.kind.%s has no message", kind)
	}
	message := c.Messages["lint."+f.Code]
	if message == nil {
		t.Errorf("lint.%s has no message", f.Code)
	}
	for _, name := range checklist.Placeholders(message) {
		if _, ok := f.Params[name]; !ok {
			t.Errorf("lint.%s asks for {%s}", f.Code, name)
		}
	}
}

// TestMessages shows that there are no words for what is never found.
func TestMessages(t *testing.T) {
	for _, key := range slices.Sorted(maps.Keys(builtin(t).Messages)) {
		code, ok := strings.CutPrefix(key, "lint.")
		if !ok || strings.HasPrefix(code, "kind.") || strings.HasPrefix(code, "yaml") { // see TestUnreadable
			continue
		}
		if !slices.ContainsFunc(bad, func(b mistake) bool { return b.code == code }) {
			t.Errorf("%s is not tested", key)
		}
	}
}

// TestPlace shows that a finding in a policy names its line.
func TestPlace(t *testing.T) {
	c, p := builtin(t), newTree(t)
	p.add(rights, "_leftover if is.rights.licence.open")
	want := "policies/risk/rights.rego:"
	for _, f := range Check(c, p.files) {
		if f.Code == "rule_unused" && strings.HasPrefix(f.String(), want) {
			return
		}
	}
	t.Error("no finding at", want)
}

// TestLocate shows that a finding about YAML gets the line of what it is about.
func TestLocate(t *testing.T) {
	files := fstest.MapFS{
		"checklists/risk.yaml": {Data: []byte(`themes:
  - code: PER
items:
  - id: RISK-A-01
    theme: PER
    reasons:
      fail:
        en: No
  - id: RISK-A-02
    theme: PRE
    title:
      en: Name
    reasons:
      fail:
        en: No
        fi: Ei
  - id: RISK-A-01
`)},
		"checklists/messages/a.yaml": {Data: []byte("a.one: {en: One}\na.two: {en: Two}\n")},
		"checklists/policy.yaml":     {Data: []byte("params: [\n")},
	}
	for want, f := range map[string]Finding{
		"checklists/risk.yaml:4:9":       {Code: "item_without_rule", Params: map[string]string{"item": "RISK-A-01"}},
		"checklists/risk.yaml:17:9":      {Code: "twice", Params: map[string]string{"kind": "item", "name": "RISK-A-01"}},
		"checklists/risk.yaml:10:12":     {Code: "undefined", Params: map[string]string{"kind": "theme", "name": "PRE"}},
		"checklists/risk.yaml:14:7":      {Code: "reason_unused", Params: map[string]string{"item": "RISK-A-02", "result": "fail"}},
		"checklists/risk.yaml:11:5":      {Code: "text_missing", Params: map[string]string{"text": "items RISK-A-02 title", "lang": "sv"}},
		"checklists/risk.yaml:16:9":      {Code: "text_placeholders", Params: map[string]string{"text": "items RISK-A-02 reasons fail", "lang": "fi"}},
		"checklists/messages/a.yaml:2:1": {Code: "text_missing", Params: map[string]string{"text": "a.two", "lang": "sv"}},
		"checklists/risk.yaml":           {Code: "undefined", Params: map[string]string{"name": "nowhere"}},
		"checklists/policy.yaml":         {Code: "unused", Params: map[string]string{"name": "params"}},
		"policies/risk/rights.rego":      {Code: "item_without_rule", Params: map[string]string{"item": "RISK-A-01"}},
	} {
		f.File, _, _ = strings.Cut(want, ":")
		if f.Code == "text_missing" && strings.Contains(want, "messages") {
			f.File = "checklists/messages"
		}
		got := []Finding{f}
		Locate(got, files)
		if got[0].String() != want {
			t.Errorf("%s %v: %s, want %s", f.Code, f.Params, got[0], want)
		}
	}
}

func TestUnreadable(t *testing.T) {
	c := builtin(t)
	for text, want := range map[string]string{
		"version: 1.0.0\nitems:\n  - idd: X\n    titel: Y\n": `checklists/risk.yaml:3: The key "idd" is not known at this place. Is it misspelt or indented too far?` + "\n" +
			`checklists/risk.yaml:4: The key "titel" is not known at this place. Is it misspelt or indented too far?`,
		"version: [\n":      "checklists/risk.yaml:1: The file cannot be read: did not find expected node content",
		"version: {a: b}\n": "checklists/risk.yaml:1: The file cannot be read: cannot unmarshal !!map into string",
	} {
		files := fstest.MapFS{"risk.yaml": {Data: []byte(text)}, "descriptor.yaml": {Data: []byte("version: 1.0.0\n")}}
		_, err := checklist.Load(files)
		e, ok := errors.AsType[*checklist.FileError](err)
		if !ok {
			t.Fatal(err)
		}
		var got []string
		for _, f := range Unreadable(e) {
			told(t, c, f)
			got = append(got, f.Text(c, "en"))
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("got %s", strings.Join(got, "\n"))
		}
	}
}
