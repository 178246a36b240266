package importer

import (
	"slices"
	"strings"

	"puntari/internal/facts"
)

// licence is the licence of the descriptor that a source means by a code, an
// address or a name, or empty if it is not recognised.
func licence(raw string) string {
	s := "-" + strings.Join(facts.Words(strings.ToLower(raw)), "-") + "-"
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
	}
	switch {
	case has("-nc-", "-nd-", "-bync", "-bynd", "-byncnd", "-byncsa", "noncommercial", "non-commercial", "noderiv", "no-deriv",
		"-other-closed-", "-other-commercial-", "ei-kaupallinen", "-ogl-nc-", "all-rights-reserved"):
		return "other_restricted"
	case has("-cc0-", "-cc-0-", "-cc-zero-", "-cczero-", "publicdomain-zero", "-cc0-1-0-", "cc-0-1-0", "1-0-universal"):
		return "CC0-1.0"
	case has("-sa-", "-bysa-", "sharealike", "share-alike", "tarttuva", "-odbl-", "open-database-licen"):
		return "other_open"
	case has("-by-4-0-", "-attribution-4-0-", "-ccby40-", "-ccby4-0-", "-nimea-4-0-", "-erkannande-4-0-", "-cc-by-4-"):
		return "CC-BY-4.0"
	case has("-cc-by-", "creativecommons-org-licenses-by-", "creative-commons-attribution", "-ccby-",
		"-odc-by-", "-odc-pddl-", "-pddl-", "opendatacommons", "open-data-commons", "-odc-bl-",
		"-ogl-", "open-government-licen", "-dl-by-de-", "-dl-zero-de-", "-dl-de-", "-dlde-", "-nlod-", "-etalab-",
		"licence-ouverte", "open-licence", "-iodl-", "italian-open-data-licen", "-com-reuse-",
		"publicdomain-mark", "public-domain", "publicdomain-label", "-pdm-", "-other-open-", "-other-pd-", "-other-at-",
		"-mit-", "-mit-0-", "-apache-", "-bsd-", "-afl-", "-o-by-", "hri-nimea", "hri-tietoaineistot-lisenssi", "-gfdl-", "-cdla-permissive-"):
		return "other_open"
	}
	return ""
}

// licences reads the licence from the distributions or, failing that, from the
// dataset. When they are not all the same one, the question stays open and the
// reader is told.
func (r *record) licences(found []origin) {
	var code string
	var from origin
	for _, o := range found {
		if saysNothing(o.raw) {
			continue
		}
		switch c := licence(o.raw); {
		case c == "":
			r.note(codeLicence, o)
			return
		case code == "":
			code, from = c, o
		case code != c:
			r.note(codeLicences, origin{o.property, from.raw + "; " + o.raw})
			return
		}
	}
	if code != "" {
		r.set("rights.licence", code, from)
	}
}
