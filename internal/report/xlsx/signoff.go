package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// signName is the defined name of what a role writes.
func signName(role, what string) string { return "sign_" + role + "_" + what }

// signOff is the sheet on which exactly the roles sign that the policy asks for.
func (r *report) signOff() *sheet {
	s := r.newSheet("signOff")
	s.landscape, s.onePage = true, true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 6, title: t("number")}, {width: 24, title: t("role")}, {width: 36, title: t("whyRole")},
		{width: 24, title: t("name"), input: true}, {width: 22, title: t("decision"), input: true}, {width: 38, title: t("conditions"), input: true},
		{width: 13, title: t("date"), input: true}, {width: 26, title: t("reference"), input: true}, {width: 18, title: t("check"), offPage: true},
	}
	s.head(r.sheetName("signOff"), r.w.T("report.signOff.about"), r.back())
	s.tableHeader()
	first := s.next()
	for i, role := range r.a.SignOff.Roles {
		n := s.next()
		s.add(row{anchor: "sign:" + role, least: 54, grows: true, cells: []cell{
			text(strconv.Itoa(i+1), textStyle.Centred()), text(r.w.Role(role), textStyle.InBold()), text(r.whySigns(role), textStyle),
			input(signName(role, "name")), input(signName(role, "decision")), input(signName(role, "reason")),
			{style: dateInput, name: signName(role, "date")}, input(signName(role, "ref")), r.signReason(spreadsheet.At(5, n), spreadsheet.At(6, n)),
		}})
	}
	last := s.next() - 1
	if last >= first {
		s.cursor = spreadsheet.At(4, first)
		s.lists = append(s.lists,
			list{ref: fmt.Sprintf("E%d:E%d", first, last), source: "lst_decision", title: t("decision"), prompt: r.w.T("report.prompt.decision"), error: r.w.T("report.prompt.list")},
			list{ref: fmt.Sprintf("G%d:G%d", first, last), title: t("date"), prompt: r.w.T("report.prompt.date"), error: r.w.T("report.prompt.date")})
		s.rules = append(s.rules, rule{fmt.Sprintf("F%d:F%d", first, last), fmt.Sprintf(`I%d<>""`, first), highlightNeeded})
	} else {
		cells := []cell{{style: textStyle}, text(r.w.T("report.signOff.none"), textStyle), text(r.w.T("report.signOff.nobody"), textStyle)}
		s.add(row{cells: s.fill(cells, textStyle)[:8], least: 44})
	}
	r.decision(s)
	r.haveRead(s)
	return s
}

// whySigns says why a role signs, from the rules that ask for it.
func (r *report) whySigns(role string) string {
	var out []string
	for _, rule := range r.c.Policy.SignOff {
		if slices.Contains(rule.Roles, role) && slices.Contains(r.a.SignOff.Rules, rule.ID) {
			out = append(out, rule.When.In(r.w.Lang))
		}
	}
	return strings.Join(out, "\n")
}

// signReason asks for a reason with every decision that is not a plain approval.
func (r *report) signReason(decision, reason string) cell {
	return r.reasonUnless(decision, reason, r.w.T("report.decision.approve"))
}

// decision is the place for the outcome that people decide on, beside the one
// that the tool proposes.
func (r *report) decision(s *sheet) {
	s.space(14)
	s.add(row{cells: []cell{text(r.w.T("report.signOff.decision"), sectionStyle)}, height: 20})
	look := palette.Outcome(r.a.Outcome)
	label := func(key string) cell { return text(r.w.T("report.signOff."+key), textStyle) }
	proposed := text(look.Glyph+" "+r.w.OutcomeLabel(r.a.Outcome), textStyle.InBold().Filled(look))
	s.add(row{cells: []cell{{style: textStyle}, label("proposed"), proposed}, least: 24})
	n := s.next()
	s.add(row{cells: []cell{{style: textStyle}, label("decided"), input("decision_outcome"), r.outcomeReason(spreadsheet.At(3, n), spreadsheet.At(3, n+1))}, least: 24, grows: true})
	s.add(row{cells: []cell{{style: textStyle}, label("why"), input("decision_reason")}, least: 40, grows: true})
	s.lists = append(s.lists, list{ref: spreadsheet.At(3, n), source: "lst_outcome", title: r.w.T("report.signOff.decided"), prompt: r.w.T("report.prompt.outcome"), error: r.w.T("report.prompt.list")})
	s.rules = append(s.rules, rule{spreadsheet.At(3, n+1), spreadsheet.At(4, n) + `<>""`, highlightNeeded})
}

// outcomeReason asks for a reason when the decision is not the proposal.
func (r *report) outcomeReason(decided, reason string) cell {
	return r.reasonUnless(decided, reason, r.w.OutcomeLabel(r.a.Outcome))
}

// haveRead is the list of what who signs has read.
func (r *report) haveRead(s *sheet) {
	s.space(14)
	s.add(row{cells: []cell{text(r.w.T("report.signOff.haveRead"), sectionStyle)}, height: 20})
	first := s.next()
	for i, key := range []string{"risk", "changes", "evidence"} {
		s.add(row{least: 20, grows: true, cells: []cell{
			text(strconv.Itoa(i+1), textStyle.Centred()), linked(r.sheetName(key), "sheet:"+key, textStyle), input("read_" + key)}})
	}
	s.lists = append(s.lists, list{
		ref: spreadsheet.At(3, first) + ":" + spreadsheet.At(3, s.next()-1), source: "lst_yesno",
		title: r.w.T("report.signOff.haveRead"), prompt: r.w.T("report.prompt.read"), error: r.w.T("report.prompt.list")})
}
