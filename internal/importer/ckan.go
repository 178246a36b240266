package importer

import (
	"strings"

	"puntari/internal/rdf"
)

// ckanRecords are the packages in an answer of CKAN's interface (package_show,
// package_search, current_package_list_with_resources), in a list of packages
// or in a line of a dump.
func ckanRecords(d *document) []span {
	v := d.root
	if r, ok := member(d.data, v, "result"); ok {
		v = r
	} else if e, ok := member(d.data, v, "error"); ok {
		d.found = string(e.of(d.data))
		return nil
	}
	if r, ok := member(d.data, v, "results"); ok {
		v = r
	}
	records := allOf(d, v)
	if len(records) > 0 && !isObject(d.data, records[0]) {
		d.found = string(records[0].of(d.data)) // package_list: names and nothing else
		return nil
	}
	return records
}

// ckanPackage is a package with its extras, in which portals keep what CKAN has
// no field for.
type ckanPackage struct {
	value
	extras map[string]value
}

// find is the first field or extra with one of the names, and its property.
func (p *ckanPackage) find(names ...string) (v value, property string) {
	for _, n := range names {
		if v := p.get(n); v.given() {
			return v, n
		}
		if v := p.extras[n]; v.given() {
			return v, "extras." + n
		}
	}
	return value{}, ""
}

// newCKANPackage reads the extras, a list of keys and values or an object, with
// values that are often JSON in a text.
func newCKANPackage(v value) *ckanPackage {
	p := &ckanPackage{value: v, extras: map[string]value{}}
	put := func(key string, v value) {
		if s, ok := v.any.(string); ok {
			v = embedded(s)
		}
		if key != "" && v.given() {
			p.extras[key] = v
		}
	}
	extras := v.get("extras")
	if m := extras.object(); m != nil {
		for k, e := range m {
			put(k, value{e})
		}
		return p
	}
	for _, e := range extras.list() {
		put(e.get("key").text(), e.get("value"))
	}
	return p
}

// embedded reads a text that holds a JSON list or object.
func embedded(s string) value {
	const widest, deepest = 1 << 20, 50
	t := strings.TrimSpace(s)
	if len(t) < 2 || len(t) > widest || t[0] != '{' && t[0] != '[' {
		return value{s}
	}
	if _, deep := rdf.JSONTooDeep([]byte(t), deepest); deep {
		return value{s}
	}
	if v, err := decode([]byte(t)); err == nil {
		return v
	}
	return value{s}
}

// ckan reads a package, with the fields of ckanext-dcat, of ckanext-validation
// and of the Finnish portals avoindata.fi and hri.fi.
func (r *record) ckan(v value) {
	p := newCKANPackage(v)
	r.ID = v.get("id").text()
	for _, name := range []string{"identifier", "guid", "name", "id"} {
		if v, property := p.find(name); v.given() {
			r.set("dataset.identifier", v.text(), origin{property, v.text()})
		}
	}
	title, property := p.find("title_translated", "title", "name")
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", title.languages(), property)
	notes, property := p.find("notes_translated", "notes")
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", notes.languages(), property)
	r.ckanParties(p)
	r.ckanSubject(p)
	r.ckanCoverage(p)
	if f, property := p.find("frequency", "update_frequency"); f.given() {
		r.frequency(best(f.languages()), property)
	}
	r.ckanModified(p)
	if l, property := p.find("applicable_legislation"); l.given() {
		for _, s := range l.texts() {
			r.legislation(origin{property, s})
		}
	}
	if h, property := p.find("hvd_category", "highvalue_category"); h.given() {
		for _, s := range h.texts() {
			r.hvd(s, property)
		}
	}
	if c, property := p.find("conforms_to"); c.given() {
		for _, s := range c.texts() {
			r.standard(origin{property, s})
		}
	}
	r.ckanRelease(p)
	if s, property := p.find("source"); s.given() {
		for _, t := range s.texts() {
			r.thirdParty(t, "", property)
		}
	}
	r.ckanPeople(p)
	if v.get("private").isTrue() {
		r.note(codePrivate, origin{"private", "true"})
	}
}

// ckanModified reads when the data were last changed: as the record says, or
// the latest of its resources, or else the day on which the record was changed.
func (r *record) ckanModified(p *ckanPackage) {
	if m, property := p.find("modified", "date_updated"); m.given() {
		r.modified(m.text(), property)
	}
	latest := ""
	for _, e := range p.get("resources").list() {
		if d, ok := day(e.get("last_modified").text()); ok {
			latest = max(latest, d)
		}
	}
	r.set("dataset.modified", latest, origin{"resources.last_modified", latest})
	if m, ok := day(p.get("metadata_modified").text()); ok {
		r.round("dataset.modified", m, "record_date", origin{"metadata_modified", p.get("metadata_modified").text()})
	}
}

func (r *record) ckanParties(p *ckanPackage) {
	if publisher, property := p.find("publisher"); publisher.given() {
		for _, e := range publisher.list() {
			name := e.text()
			if e.object() != nil {
				name = best(e.get("name").languages())
			}
			r.set("dataset.publisher.name", name, origin{property, name})
			r.set("dataset.publisher.identifier", e.get("identifier", "uri").text(), origin{property, e.get("identifier", "uri").text()})
		}
	}
	if v, property := p.find("publisher_name"); v.given() {
		r.set("dataset.publisher.name", v.text(), origin{property, v.text()})
	}
	organization := p.get("organization")
	name := best(organization.get("title_translated").languages())
	if name == "" {
		name = organization.get("title", "name").text()
	}
	r.set("dataset.publisher.name", name, origin{"organization.title", name})
	for _, field := range []string{"contact", "maintainer_email", "contact_email", "contact_point", "author_email"} {
		v, property := p.find(field)
		for _, e := range v.list() {
			if e.object() != nil {
				e = e.get("email")
			}
			for _, s := range e.texts() {
				r.email(s, property)
			}
		}
	}
	if v, property := p.find("maintainer"); v.given() {
		r.set("maintenance.owner", v.text(), origin{property, v.text()})
	}
}

func (r *record) ckanSubject(p *ckanPackage) {
	for _, t := range p.get("tags").list() {
		name := t.text()
		if t.object() != nil {
			name = t.get("display_name", "name").text()
		}
		r.add("dataset.keyword", name, origin{"tags", name})
	}
	if k, property := p.find("keywords"); k.object() != nil {
		for _, l := range sorted(k.object()) {
			for _, s := range k.get(l).texts() {
				r.add("dataset.keyword", s, origin{property + "." + l, s})
			}
		}
	}
	if t, property := p.find("theme"); t.given() {
		for _, s := range t.texts() {
			r.theme(s, property)
		}
	}
	for _, g := range p.get("groups").list() {
		if name := g.get("title", "display_name", "name").text(); name != "" {
			r.theme(name, "groups")
		}
	}
	if l, property := p.find("language"); l.given() {
		for _, s := range l.texts() {
			if code, ok := language(s); ok {
				r.add("dataset.language", code, origin{property, s})
			}
		}
	}
}

func (r *record) ckanCoverage(p *ckanPackage) {
	for _, field := range []string{"geographical_coverage", "spatial_coverage", "spatial_text", "spatial"} {
		v, property := p.find(field)
		for _, e := range v.list() {
			name := e.text()
			if e.object() != nil {
				name = e.get("text", "label", "prefLabel", "uri").text()
			}
			r.place(name, property)
		}
	}
	if v, property := p.find("temporal_coverage"); v.given() {
		for _, e := range v.list() {
			if e.object() != nil {
				r.period(e.get("start").text(), e.get("end").text(), property)
			} else {
				r.interval(e.text(), property)
			}
		}
	}
	for _, names := range [][2]string{{"temporal_coverage-from", "temporal_coverage-to"}, {"temporal_start", "temporal_end"}, {"time_series_start", "time_series_end"}} {
		start, property := p.find(names[0])
		end, other := p.find(names[1])
		if property == "" {
			property = other
		}
		r.period(start.text(), end.text(), property)
	}
	if v, property := p.find("spatial_resolution_in_meters"); v.given() {
		r.number("spatial.resolutionM", v.text(), origin{property, v.text()})
	}
}

// ckanRelease reads the resources, the licence and who may have the data.
func (r *record) ckanRelease(p *ckanPackage) {
	var list []distribution
	var columns []column
	for _, e := range p.get("resources").list() {
		list = append(list, ckanResource(e))
		columns = append(columns, tableSchema(embedded(e.get("schema").text()))...)
		if schema := e.get("schema"); schema.object() != nil {
			columns = append(columns, tableSchema(schema)...)
		}
	}
	var licences []origin
	for _, field := range []string{"license_url", "license_id", "license_title", "license"} {
		if v, property := p.find(field); v.given() && licence(v.text()) != "" {
			licences = []origin{{property, v.text()}}
			break
		} else if v.given() && !saysNothing(v.text()) {
			licences = []origin{{property, v.text()}}
		}
	}
	released := r.distributions(list, licences)
	r.addColumns(columns, columnsFrom{"resources.schema.fields.name", "resources.schema.fields.type", "resources.schema.fields.description", "resources.schema.fields.rdfType"})
	if v, property := p.find("access_rights", "public_access_level"); v.given() {
		r.access(v.text(), property, released)
	}
}

func ckanResource(e value) distribution {
	from := func(name string) origin {
		if s := e.get(name).text(); s != "" {
			return origin{"resources." + name, s}
		}
		return origin{}
	}
	d := distribution{accessURL: from("access_url"), downloadURL: from("download_url"), availability: from("availability")}
	if d.accessURL.raw == "" {
		d.accessURL = from("url")
	}
	format := from("format")
	if format.raw == "" {
		format = from("mimetype")
	}
	if format.raw == "" {
		format = from("media_type")
	}
	if format.raw != "" {
		d.formats = append(d.formats, format)
		if code, m := fileFormatOf(format.raw); m == dataFile && code != "" && d.downloadURL.raw == "" {
			d.downloadURL = from("url") // a resource in a file format is a file
		}
	}
	if s := e.get("url_type").text(); s == "upload" || s == "datastore" {
		d.downloadURL = from("url")
	}
	for _, name := range []string{"license", "license_id", "license_url"} {
		if o := from(name); o.raw != "" {
			d.licences = append(d.licences, o)
			break
		}
	}
	for _, name := range []string{"hash", "sha256"} {
		if o := from(name); o.raw != "" {
			d.checksum = o
		}
	}
	if services := embeddedIn(e.get("access_services")); services.given() {
		d.service = origin{"resources.access_services", services.list()[0].get("endpoint_url", "title").text()}
		if doc := services.list()[0].get("endpoint_description", "documentation"); doc.given() {
			d.documented = origin{"resources.access_services.endpoint_description", doc.text()}
		}
		if d.service.raw == "" {
			d.service.raw = "access_services"
		}
	}
	for _, s := range embeddedIn(e.get("conforms_to")).texts() {
		d.conformsTo = append(d.conformsTo, origin{"resources.conforms_to", s})
	}
	for _, s := range embeddedIn(e.get("applicable_legislation")).texts() {
		d.legislation = append(d.legislation, origin{"resources.applicable_legislation", s})
	}
	return d
}

// embeddedIn is a value, or what a text holds as JSON.
func embeddedIn(v value) value {
	if s, ok := v.any.(string); ok {
		return embedded(s)
	}
	return v
}

// ckanPeople reads what the health profile says of people in the data.
func (r *record) ckanPeople(p *ckanPackage) {
	if v, property := p.find("personal_data"); v.given() {
		r.set("personalData.sourceRelatesToPersons", "yes", origin{property, v.text()})
	}
	if v, property := p.find("legal_basis"); v.given() {
		for _, s := range v.texts() {
			if basis, ok := legalBasis(s); ok {
				r.suggest("personalData.publicationLegalBasis", basis, "legal_basis", origin{property, s})
			}
		}
	}
	if v, property := p.find("number_of_unique_individuals"); v.given() {
		r.number("personalData.dataSubjectCount", v.text(), origin{property, v.text()})
	}
	if v, property := p.find("number_of_records"); v.given() {
		r.number("profile.rowCount", v.text(), origin{property, v.text()})
	}
}
