package importer

// csvw reads CSV on the Web metadata: a group of tables, a table or a schema
// alone.
func (r *record) csvw(v value) {
	r.ID = v.get("@id", "url").text()
	tables := v.get("tables").list()
	if len(tables) == 0 {
		tables = []value{v}
	}
	if r.ID == "" {
		r.ID = tables[0].get("@id", "url").text()
	}
	r.set("dataset.identifier", r.ID, origin{"@id", r.ID})
	language := "und"
	for _, c := range v.get("@context").list() {
		if l := c.get("@language").text(); l != "" {
			language = languageTag(l)
		}
	}
	// A single table and its group may both have properties; those of the group
	// come first.
	sources := []value{v}
	if len(tables) == 1 && v.get("tables").given() {
		sources = append(sources, tables[0])
	}
	for _, s := range sources {
		r.csvwProperties(s, language)
	}
	var list []distribution
	for _, t := range tables {
		d := distribution{}
		if s := t.get("url").text(); s != "" {
			d.formats = []origin{{"url", "CSV"}}
			if isAddress(s) {
				d.downloadURL = origin{"url", s}
			}
		}
		list = append(list, d)
	}
	var licences []origin
	for _, s := range sources {
		for _, l := range property(s, "license").list() {
			if t := l.text(); t != "" {
				licences = append(licences, origin{"dc:license", t})
			}
		}
	}
	r.distributions(list, licences)
	for _, t := range tables {
		r.csvwSchema(t, language)
	}
}

// property is a common property of CSVW, which has a prefix or none.
func property(v value, name string) value {
	return v.get("dc:"+name, "dct:"+name, "dcterms:"+name, "dcat:"+name, "schema:"+name, name, "http://purl.org/dc/terms/"+name)
}

func (r *record) csvwProperties(v value, language string) {
	inLanguage := func(w value) map[string]string {
		texts := w.languages()
		if s := texts["und"]; s != "" {
			delete(texts, "und")
			addLanguage(texts, language, s)
		}
		return texts
	}
	title := property(v, "title")
	if !title.given() {
		title = v.get("rdfs:label", "dc:label", "schema:name")
	}
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", inLanguage(title), "dc:title")
	description := property(v, "description")
	if !description.given() {
		description = v.get("rdfs:comment")
	}
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", inLanguage(description), "dc:description")
	for _, p := range property(v, "publisher").list() {
		name := p.get("schema:name", "foaf:name", "name").text()
		if name == "" {
			name = p.text()
		}
		r.set("dataset.publisher.name", name, origin{"dc:publisher", name})
	}
	for _, name := range []string{"keyword", "keywords"} {
		for _, k := range property(v, name).texts() {
			r.add("dataset.keyword", k, origin{"dcat:" + name, k})
		}
	}
	r.modified(property(v, "modified").text(), "dc:modified")
	r.place(property(v, "spatial").text(), "dc:spatial")
	for _, s := range property(v, "source").texts() {
		r.thirdParty(s, "", "dc:source")
	}
}

// csvwSchema reads the columns of a table. A schema that is elsewhere is not
// followed.
func (r *record) csvwSchema(t value, language string) {
	schema := t.get("tableSchema")
	if !schema.given() {
		schema = t // a schema alone
	}
	var columns []column
	for _, c := range schema.get("columns").list() {
		if c.get("virtual").isTrue() {
			continue
		}
		d := column{name: c.get("name").text(), title: best(c.get("titles").languages()), description: c.get("dc:description", "dct:description", "rdfs:comment", "description").languages()}
		if d.name == "" {
			d.name = d.title
		}
		if len(d.description) == 0 && d.title != d.name {
			d.description = c.get("titles").languages()
		}
		if s := d.description["und"]; s != "" {
			d.description = map[string]string{language: s}
		}
		datatype := c.get("datatype")
		d.kind = datatype.text()
		if datatype.object() != nil {
			d.kind = datatype.get("base").text()
		}
		d.meaning = c.get("propertyUrl").texts()
		columns = append(columns, d)
	}
	r.addColumns(columns, columnsFrom{"tableSchema.columns.name", "tableSchema.columns.datatype", "tableSchema.columns.description", "tableSchema.columns.propertyUrl"})
	for _, k := range schema.get("primaryKey").texts() {
		r.add("schema.primaryKey", k, origin{"tableSchema.primaryKey", k})
	}
}
