package portfolio

import (
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// guide is the sheet that explains the others.
func (b *book) guide() sheet {
	l := layout{name: b.t("sheet.guide"), tab: palette.Muted, columns: []column{b.column(36, "term"), b.column(96, "meaning")}}
	var rows []row
	add := func(k spreadsheet.Style, term, meaning string) {
		rows = append(rows, row{height: l.height(term, meaning), cells: []cell{text(b.styles.ID(k), term), text(b.styles.ID(textStyle.Wrapped()), meaning)}})
	}
	for _, o := range b.c.Policy.Outcomes {
		k := palette.Outcome(o.Code)
		add(chipStyle.Filled(k), k.Glyph+" "+o.Label.In(b.o.Lang), o.Meaning.In(b.o.Lang))
	}
	for _, p := range b.c.Policy.Priorities {
		add(textStyle.InBold(), p.Code+" "+p.Label.In(b.o.Lang), p.Meaning.In(b.o.Lang))
	}
	for _, x := range [][2]string{
		{b.t("column.risk"), "risk"}, {b.t("column.value"), "value"}, {b.t("column.readiness"), "readiness"}, {b.t("next"), "next"},
		{b.t("sheet.changes"), "changes"}, {b.t("sheet.questions"), "questions"}, {b.t("column.known"), "known"}, {b.t("sheet.datasets"), "filter"},
	} {
		add(textStyle.InBold(), x[0], b.t("guide."+x[1]))
	}
	o := &b.o.Origin
	add(textStyle.InBold(), b.t("guide.origin.title"), b.t("guide.origin", "tool", o.Tool.Name+" "+o.Tool.Version, "revision", o.Revision))
	if p := b.o.Profile; p != nil {
		add(textStyle.InBold(), b.w.T("profile.title"), b.w.Profile(p)+", "+b.w.T("profile.layers")+": "+b.w.Layers(p))
		if len(p.Changes) == 0 {
			add(textStyle.InBold(), b.w.T("profile.changes"), b.w.T("profile.no_changes"))
		}
		for i := range p.Changes {
			add(textStyle.InBold(), b.w.T("profile.changes"), b.w.Override(&p.Changes[i]))
		}
	}
	s := b.table(l, b.t("guide.about"), rows)
	s.filter = false
	return s
}
