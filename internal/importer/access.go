package importer

import "strings"

// accessLevel is what a catalogue says about who may have the data.
type accessLevel int

const (
	accessUnknown accessLevel = iota
	accessPublic
	accessRestricted
	accessClosed
)

// access is the access level for the codes of the EU, of data.json and of CKAN.
func access(raw string) accessLevel {
	switch strings.ToLower(strings.ReplaceAll(lastSegment(raw), " ", "_")) {
	case "public", "open", "nolimitations", "abierto", "julkinen", "offentlig":
		return accessPublic
	case "restricted", "restricted_public", "rajoitettu", "begränsad":
		return accessRestricted
	case "non_public", "non-public", "sensitive", "confidential", "closed", "ei-julkinen", "salainen":
		return accessClosed
	}
	return accessUnknown
}

// access reads who may have the data. That the data are public in a catalogue
// tells how they are released, and nothing about the secrecy or the people in
// them: that is only suggested, and a restricted release too, because there are
// several kinds of it.
func (r *record) access(raw, property string, released release) {
	from := origin{property, raw}
	if r.inspireLimitation(from) || saysNothing(raw) {
		return
	}
	switch access(raw) {
	case accessPublic:
		switch {
		case released.download:
			r.set("release.mode", "open_download", from)
		case released.service:
			r.set("release.mode", "open_api", from)
		default:
			r.suggest("release.mode", "open_download", "access", from)
		}
		r.suggest("confidentiality.publicityStatus", "public", "access", from)
	case accessRestricted:
		r.suggest("release.mode", "restricted_application", "access", from)
		r.suggest("confidentiality.publicityStatus", "partly_secret", "access", from)
	case accessClosed:
		r.suggest("release.mode", "not_published", "access", from)
		r.suggest("confidentiality.publicityStatus", "secret", "access", from)
	default:
		r.note(codeValue, from)
	}
}

// inspireLimitation reads the reasons for which article 13(1) of the INSPIRE
// directive lets access be limited, and tells whether there was one. They say
// where to look, so they are suggestions.
func (r *record) inspireLimitation(from origin) bool {
	const marker = "inspire_directive_article13_1"
	_, reason, ok := strings.Cut(strings.ToLower(from.raw), marker)
	if !ok {
		return false
	}
	r.suggest("confidentiality.publicityStatus", "partly_secret", "inspire", from)
	switch reason {
	case "b":
		r.suggest("security.usefulToAttacker", "yes", "inspire", from)
	case "d":
		r.suggest("confidentiality.tradeSecrets", "yes", "inspire", from)
	case "e":
		r.suggest("rights.rightsHolder", "third_party", "inspire", from)
	case "f":
		r.suggest("personalData.sourceRelatesToPersons", "yes", "inspire", from)
	case "h":
		r.suggest("security.assetClasses", "protected_species", "inspire", from)
	}
	return true
}
