package importer

import "strings"

// frictionless reads a Data Package of version 1 or 2, a Data Resource or a
// Table Schema.
func (r *record) frictionless(v value) {
	id := v.get("id").text()
	name := v.get("name").text()
	r.ID = name
	r.set("dataset.identifier", id, origin{"id", id})
	r.set("dataset.identifier", name, origin{"name", name})
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", v.get("title").languages(), "title")
	if len(r.Dataset.Dataset.Title) == 0 {
		r.languages(&r.Dataset.Dataset.Title, "dataset.title", v.get("name").languages(), "name")
	}
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", v.get("description").languages(), "description")
	for _, k := range v.get("keywords").texts() {
		r.add("dataset.keyword", k, origin{"keywords", k})
	}
	r.contributors(v.get("contributors"))
	for _, s := range v.get("sources").list() {
		if name := s.get("title", "name", "path", "web").text(); name != "" {
			r.thirdParty(name, "", "sources")
		}
	}
	resources := v.get("resources").list()
	property := "resources."
	switch {
	case v.get("fields").given(): // a Table Schema alone
		r.schema(v, "")
		return
	case len(resources) == 0 && (v.get("path").given() || v.get("schema").given() || v.get("data").given()):
		resources, property = []value{v}, "" // a resource alone
	}
	var list []distribution
	for _, e := range resources {
		if e.object() == nil {
			continue // the address of a resource described elsewhere, which is not followed
		}
		list = append(list, frictionlessResource(e, property))
		if schema := e.get("schema"); schema.object() != nil {
			r.schema(schema, property+"schema.")
		}
	}
	r.distributions(list, licencesOf(v, "licenses"))
}

// contributors reads the publisher and an address to write to.
func (r *record) contributors(v value) {
	for _, c := range v.list() {
		roles := append(c.get("roles").texts(), c.get("role").text())
		for _, role := range roles {
			if strings.EqualFold(role, "publisher") {
				r.set("dataset.publisher.name", c.get("title", "organization").text(), origin{"contributors.title", c.get("title", "organization").text()})
			}
		}
	}
	for _, want := range []string{"contact", "publisher", "maintainer"} {
		for _, c := range v.list() {
			for _, role := range append(c.get("roles").texts(), c.get("role").text()) {
				if strings.EqualFold(role, want) {
					r.email(c.get("email").text(), "contributors.email")
				}
			}
		}
	}
}

func frictionlessResource(e value, property string) distribution {
	d := distribution{licences: licencesOf(e, property+"licenses")}
	path := e.get("path", "url").text()
	for _, name := range []string{"format", "mediatype"} {
		if s := e.get(name).text(); s != "" && len(d.formats) == 0 {
			d.formats = append(d.formats, origin{property + name, s})
		}
	}
	if i := strings.LastIndexByte(path, '.'); len(d.formats) == 0 && i > 0 && len(path)-i <= 8 {
		d.formats = append(d.formats, origin{property + "path", path[i+1:]})
	}
	if isAddress(path) {
		d.downloadURL = origin{property + "path", path}
	}
	if s := e.get("hash").text(); s != "" {
		d.checksum = origin{property + "hash", s}
	}
	return d
}

// licencesOf are the licences of a package or a resource: one of each, by its
// name or, if that is not known, its address or title.
func licencesOf(v value, property string) []origin {
	var out []origin
	for _, l := range v.get("licenses", "license").list() {
		o := origin{property, l.text()}
		if l.object() != nil {
			for _, name := range []string{"name", "path", "title", "id", "type", "url"} {
				s := l.get(name).text()
				if o.raw == "" || licence(o.raw) == "" && licence(s) != "" {
					o = origin{property + "." + name, s}
				}
			}
		}
		if o.raw != "" {
			out = append(out, o)
		}
	}
	return out
}

// schema reads a Table Schema.
func (r *record) schema(v value, property string) {
	r.addColumns(tableSchema(v), columnsFrom{
		property + "fields.name", property + "fields.type", property + "fields.description", property + "fields.rdfType",
	})
	for _, k := range v.get("primaryKey").texts() {
		r.add("schema.primaryKey", k, origin{property + "primaryKey", k})
	}
}

// tableSchema are the columns of a Table Schema.
func tableSchema(v value) []column {
	var out []column
	for _, f := range v.get("fields").list() {
		c := column{name: f.get("name").text(), kind: f.get("type").text(), title: f.get("title").text(), description: f.get("description").languages()}
		if f.object() == nil {
			c.name = f.text()
		}
		if s := f.get("rdfType").text(); s != "" {
			c.meaning = []string{s}
		}
		out = append(out, c)
	}
	return out
}
