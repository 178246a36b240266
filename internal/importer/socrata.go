package importer

import "strings"

// socrataRecords are the records of the Discovery API: one, a list, a line of a
// dump or an answer with results. A view of the other interface of Socrata is a
// record too.
func socrataRecords(d *document) []span {
	v := d.root
	if r, ok := member(d.data, v, "results"); ok {
		v = r
	}
	return allOf(d, v)
}

// socrata reads a record of the Discovery API.
func (r *record) socrata(v value) {
	resource := v.get("resource")
	if resource.object() == nil {
		r.socrataView(v)
		return
	}
	id := resource.get("id").text()
	r.set("dataset.identifier", id, origin{"resource.id", id})
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", resource.get("name").languages(), "resource.name")
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", resource.get("description").languages(), "resource.description")
	for _, c := range []struct{ property, text string }{
		{"resource.attribution", resource.get("attribution").text()}, {"metadata.domain", v.get("metadata").get("domain").text()},
	} {
		r.set("dataset.publisher.name", c.text, origin{c.property, c.text})
	}
	r.email(resource.get("contact_email").text(), "resource.contact_email")
	classification := v.get("classification")
	for _, t := range append(classification.get("domain_tags").list(), classification.get("tags").list()...) {
		r.add("dataset.keyword", t.text(), origin{"classification.domain_tags", t.text()})
	}
	if s := classification.get("domain_category").text(); s != "" {
		r.theme(s, "classification.domain_category")
	}
	for _, m := range classification.get("domain_metadata").list() {
		if strings.Contains(strings.ToLower(m.get("key").text()), "frequency") {
			r.frequency(m.get("value").text(), "classification.domain_metadata."+m.get("key").text())
		}
	}
	r.modified(resource.get("data_updated_at").text(), "resource.data_updated_at")
	var licences []origin
	if s := v.get("metadata").get("license").text(); s != "" {
		licences = append(licences, origin{"metadata.license", s})
	}
	var list []distribution
	if strings.EqualFold(resource.get("type").text(), "dataset") {
		// Every table of a Socrata portal has an interface and can be downloaded.
		link := v.get("permalink", "link").text()
		list = append(list, distribution{downloadURL: origin{"resource.type", "dataset"}, service: origin{"permalink", link}})
		list = append(list, distribution{downloadURL: origin{"resource.type", "dataset"}})
	}
	r.distributions(list, licences)
	r.addColumns(socrataColumns(resource), columnsFrom{name: "resource.columns_field_name", kind: "resource.columns_datatype", description: "resource.columns_description"})
}

// socrataColumns are the columns of a record, which are in lists side by side.
func socrataColumns(resource value) []column {
	at := func(list value, i int) string {
		if l, ok := list.any.([]any); ok && i < len(l) {
			return value{l[i]}.text()
		}
		return ""
	}
	names, titles := resource.get("columns_field_name"), resource.get("columns_name")
	kinds, descriptions := resource.get("columns_datatype"), resource.get("columns_description")
	count := 0
	for _, l := range []value{names, titles} {
		if l, ok := l.any.([]any); ok {
			count = max(count, len(l))
		}
	}
	var out []column
	for i := range count {
		c := column{name: at(names, i), title: at(titles, i), kind: at(kinds, i)}
		if strings.HasPrefix(c.name, ":@computed_region") {
			continue // made by the portal for its maps
		}
		if c.name == "" {
			c.name = c.title
		}
		if s := at(descriptions, i); s != "" {
			c.description = map[string]string{"und": s}
		}
		out = append(out, c)
	}
	return out
}

// socrataView reads what a Socrata portal says of one of its tables.
func (r *record) socrataView(v value) {
	r.set("dataset.identifier", v.get("id").text(), origin{"id", v.get("id").text()})
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", v.get("name").languages(), "name")
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", v.get("description").languages(), "description")
	r.set("dataset.publisher.name", v.get("attribution").text(), origin{"attribution", v.get("attribution").text()})
	for _, t := range v.get("tags").texts() {
		r.add("dataset.keyword", t, origin{"tags", t})
	}
	if s := v.get("category").text(); s != "" {
		r.theme(s, "category")
	}
	var licences []origin
	for _, o := range []origin{{"license.name", v.get("license").get("name").text()}, {"licenseId", v.get("licenseId").text()}} {
		if o.raw != "" && len(licences) == 0 {
			licences = append(licences, o)
		}
	}
	r.distributions(nil, licences)
	var columns []column
	for _, c := range v.get("columns").list() {
		name := c.get("fieldName").text()
		if strings.HasPrefix(name, ":") {
			continue // the portal's own
		}
		columns = append(columns, column{name: name, title: c.get("name").text(), kind: c.get("dataTypeName").text(), description: c.get("description").languages()})
	}
	r.addColumns(columns, columnsFrom{name: "columns.fieldName", kind: "columns.dataTypeName", description: "columns.description"})
}
