package importer

import (
	"net/url"
	"strings"
	"unicode"
)

// distribution is one form in which a source gives the data.
type distribution struct {
	accessURL, downloadURL origin
	// formats are short names, media types or IRIs of formats.
	formats []origin
	// licences are codes, addresses or names of licences.
	licences []origin
	// service tells of an interface, and documented of a description of it.
	service, documented origin
	checksum            origin
	availability        origin
	conformsTo          []origin
	legislation         []origin
}

// release is what the distributions have in common.
type release struct{ download, service bool }

// distributions reads the forms in which the data are given. licences are those
// of the dataset, which count if no distribution has one.
func (r *record) distributions(list []distribution, licences []origin) release {
	var out release
	var own []origin
	for _, d := range list {
		page, data := false, false
		isService := d.service
		for _, f := range d.formats {
			if saysNothing(f.raw) {
				continue
			}
			code, m := fileFormatOf(f.raw)
			switch m {
			case dataFile:
				data = true
				r.add("release.formats", code, f)
			case service:
				if isService.raw == "" {
					isService = f
				}
			case webPage:
				page = true
			}
		}
		if isService.raw != "" {
			out.service = true
			r.set("release.apiExists", "yes", isService)
			if d.documented.raw != "" {
				r.set("release.apiDocumented", "yes", d.documented)
			}
		}
		if d.downloadURL.raw != "" && (data || !page) && (data || isService.raw == "") {
			out.download = true
			r.set("release.bulkDownload", "yes", d.downloadURL)
		}
		if d.checksum.raw != "" {
			r.add("release.integrityMeasures", "checksum", d.checksum)
		}
		r.availability(d.availability)
		for _, c := range d.conformsTo {
			r.standard(c)
		}
		for _, l := range d.legislation {
			r.legislation(l)
		}
		own = append(own, d.licences...)
	}
	if len(own) == 0 {
		own = licences
	}
	r.licences(own)
	return out
}

func (r *record) availability(from origin) {
	switch code := strings.ToUpper(lastSegment(from.raw)); code {
	case "TEMPORARY", "EXPERIMENTAL", "AVAILABLE", "STABLE":
		r.set("release.availability", code, from)
	}
}

// standard reads a standard that the data follow. Only an address names one
// without doubt.
func (r *record) standard(from origin) {
	if isAddress(from.raw) {
		r.add("release.conformsTo", from.raw, from)
	}
}

// legislation reads an act that asks for the publication.
func (r *record) legislation(from origin) {
	if isAddress(from.raw) {
		r.add("dataset.applicableLegislation", from.raw, from)
	}
}

// isAddress tells whether a text is a complete address on the web.
func isAddress(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// portal reads on which portal the record is shown, if its address tells.
func (r *record) portal(address, property string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return
	}
	portals := map[string]string{
		"avoindata.fi": "avoindata_fi", "opendata.fi": "avoindata_fi", "hri.fi": "hri",
		"data.europa.eu": "data_europa_eu", "paikkatietoikkuna.fi": "paikkatietoikkuna",
	}
	if p, ok := portals[strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")]; ok && strings.Contains(u.Path, "dataset") {
		r.add("release.portals", p, origin{property, address})
	}
}

// email reads an address to which users can write.
func (r *record) email(raw, property string) {
	address := strings.TrimSpace(raw)
	if len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
		address = address[7:]
	}
	if unescaped, err := url.PathUnescape(address); err == nil {
		address = unescaped
	}
	address, _, _ = strings.Cut(address, "?")
	name, domain, ok := strings.Cut(address, "@")
	if !ok || name == "" || !strings.Contains(domain, ".") || strings.ContainsAny(address, " ,;<>()[]\"") || strings.Contains(domain, "@") ||
		strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") {
		return
	}
	r.set("dataset.contactPoint.email", address, origin{property, raw})
}

// place reads the area that the data cover. Coordinates say nothing to a reader
// and are left out.
func (r *record) place(raw, property string) {
	const widest = 300
	if raw = strings.TrimSpace(raw); raw == "" || len(raw) > widest || !strings.ContainsFunc(raw, unicode.IsLetter) ||
		strings.HasPrefix(raw, "{") || strings.HasPrefix(strings.ToUpper(raw), "POLYGON") || strings.HasPrefix(strings.ToUpper(raw), "POINT") {
		return
	}
	r.set("dataset.spatialCoverage", raw, origin{property, raw})
}
