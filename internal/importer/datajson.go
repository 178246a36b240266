package importer

import "strings"

// datasetList are the datasets of a data.json catalogue, or a dataset alone.
func datasetList(d *document) []span {
	list, ok := member(d.data, d.root, "dataset")
	if !ok {
		if isList(d.data, d.root) {
			return allOf(d, d.root)
		}
		if _, ok := member(d.data, d.root, "accessLevel"); ok {
			return []span{d.root}
		}
		return nil
	}
	// What the catalogue says of all its datasets: without the datasets, it is
	// small.
	context := map[string]any{}
	for name, v := range members(d.data, d.root) {
		switch name {
		case "publisher", "language", "license", "spatial":
			if c, err := decode(v.of(d.data)); err == nil {
				context[name] = c.any
			}
		}
	}
	d.context = value{context}
	return allOf(d, list)
}

// dataJSON reads a dataset as project-open-data describes it, or its Argentine
// kin.
func (r *record) dataJSON(v value) {
	id := v.get("identifier", "@id").text()
	r.set("dataset.identifier", id, origin{"identifier", id})
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", v.get("title").languages(), "title")
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", v.get("description").languages(), "description")
	publisher := v.get("publisher")
	name := publisher.get("name").text()
	if publisher.object() == nil {
		name = publisher.text()
	}
	r.set("dataset.publisher.name", name, origin{"publisher.name", name})
	if name := r.context.get("publisher").get("name").text(); name != "" {
		r.set("dataset.publisher.name", name, origin{"catalog.publisher.name", name})
	}
	contact := v.get("contactPoint")
	r.email(contact.get("hasEmail", "mbox").text(), "contactPoint.hasEmail")
	r.email(v.get("mbox").text(), "mbox")
	for _, k := range v.get("keyword", "keywords").texts() {
		r.add("dataset.keyword", k, origin{"keyword", k})
	}
	for _, field := range []string{"theme", "superTheme"} {
		for _, t := range v.get(field).texts() {
			r.theme(t, field)
		}
	}
	languages, property := v.get("language"), "language"
	if !languages.given() {
		languages, property = r.context.get("language"), "catalog.language"
	}
	for _, l := range languages.texts() {
		if code, ok := language(l); ok {
			r.add("dataset.language", code, origin{property, l})
		}
	}
	r.place(v.get("spatial").text(), "spatial")
	r.interval(v.get("temporal").text(), "temporal")
	r.frequency(v.get("accrualPeriodicity").text(), "accrualPeriodicity")
	r.modified(v.get("modified").text(), "modified")
	var list []distribution
	var columns []column
	for _, e := range v.get("distribution").list() {
		list = append(list, dataJSONDistribution(e))
		for _, f := range e.get("field").list() {
			columns = append(columns, column{name: f.get("title", "name", "id").text(), kind: f.get("type").text(), description: f.get("description").languages()})
		}
	}
	var licences []origin
	for _, source := range []struct {
		value
		property string
	}{{v.get("license"), "license"}, {r.context.get("license"), "catalog.license"}} {
		if s := source.text(); s != "" && len(licences) == 0 {
			licences = append(licences, origin{source.property, s})
		}
	}
	released := r.distributions(list, licences)
	r.addColumns(columns, columnsFrom{name: "distribution.field.title", kind: "distribution.field.type", description: "distribution.field.description"})
	if s := v.get("accessLevel").text(); s != "" {
		r.access(s, "accessLevel", released)
	}
	r.standard(origin{"conformsTo", v.get("conformsTo").text()})
	if s := v.get("systemOfRecords").text(); s != "" {
		// A notice under the Privacy Act is given for records about people.
		r.set("personalData.sourceRelatesToPersons", "yes", origin{"systemOfRecords", s})
	}
	if s := v.get("landingPage").text(); s != "" {
		r.portal(s, "landingPage")
	}
}

func dataJSONDistribution(e value) distribution {
	from := func(name string) origin {
		if s := e.get(name).text(); s != "" {
			return origin{"distribution." + name, s}
		}
		return origin{}
	}
	d := distribution{accessURL: from("accessURL"), downloadURL: from("downloadURL")}
	for _, name := range []string{"format", "mediaType"} {
		if o := from(name); o.raw != "" && (len(d.formats) == 0) {
			d.formats = append(d.formats, o)
		}
	}
	if o := from("license"); o.raw != "" {
		d.licences = append(d.licences, o)
	}
	if o := from("conformsTo"); o.raw != "" {
		d.conformsTo = append(d.conformsTo, o)
	}
	if f := from("format"); strings.EqualFold(f.raw, "API") {
		d.service = d.accessURL
		if d.service.raw == "" {
			d.service = f
		}
	}
	return d
}
