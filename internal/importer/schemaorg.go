package importer

import "strings"

// schemaOrgRecords are the datasets of a schema.org document: the document, a
// list, or those of a graph or a catalogue.
func schemaOrgRecords(d *document) []span {
	if isList(d.data, d.root) {
		return allOf(d, d.root)
	}
	for _, name := range []string{"@graph", "dataset"} {
		list, ok := member(d.data, d.root, name)
		if !ok {
			continue
		}
		var out []span
		for _, s := range allOf(d, list) {
			if kind, ok := member(d.data, s, "@type"); name == "dataset" || ok && strings.Contains(string(kind.of(d.data)), "Dataset") {
				out = append(out, s)
			}
		}
		if len(out) == 0 {
			d.found = name
		}
		return out
	}
	if kind, ok := member(d.data, d.root, "@type"); ok && !strings.Contains(string(kind.of(d.data)), "Dataset") {
		d.found = strings.Trim(string(kind.of(d.data)), `"`)
		return nil
	}
	return []span{d.root}
}

// schemaOrg reads a Dataset of schema.org, with the record sets of Croissant and
// its vocabulary for responsible AI.
func (r *record) schemaOrg(v value) {
	get := func(name string) value {
		return v.get(name, "schema:"+name, "sc:"+name, "https://schema.org/"+name, "http://schema.org/"+name)
	}
	r.ID = v.get("@id").text()
	for _, o := range []origin{{"identifier", nameOf(get("identifier"))}, {"@id", r.ID}, {"url", get("url").text()}, {"name", get("name").text()}} {
		if o.raw != "" && o.raw != "./" {
			r.set("dataset.identifier", o.raw, o)
		}
	}
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", get("name").languages(), "name")
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", get("description").languages(), "description")
	for _, name := range []string{"publisher", "creator"} {
		r.set("dataset.publisher.name", nameOf(get(name)), origin{name + ".name", nameOf(get(name))})
		for _, p := range get(name).list() {
			r.email(p.get("email").text(), name+".email")
			r.email(p.get("contactPoint").get("email").text(), name+".contactPoint.email")
		}
	}
	for _, k := range get("keywords").texts() {
		for part := range strings.SplitSeq(k, ",") {
			r.add("dataset.keyword", part, origin{"keywords", k})
		}
	}
	for _, l := range get("inLanguage").list() {
		text := l.text()
		if l.object() != nil {
			text = l.get("alternateName", "name").text()
		}
		if code, ok := language(text); ok {
			r.add("dataset.language", code, origin{"inLanguage", text})
		}
	}
	r.place(nameOf(get("spatialCoverage")), "spatialCoverage")
	r.interval(get("temporalCoverage").text(), "temporalCoverage")
	r.modified(get("dateModified").text(), "dateModified")
	if v.get("isLiveDataset", "cr:isLiveDataset").isTrue() {
		r.suggest("dataset.accrualPeriodicity", "CONT", "live_dataset", origin{"isLiveDataset", "true"})
	}
	r.schemaOrgRelease(get)
	for _, name := range []string{"isBasedOn", "prov:wasDerivedFrom"} {
		for _, s := range v.get(name).list() {
			r.thirdParty(nameOf(s), "", name)
		}
	}
	var columns []column
	for _, set := range v.get("recordSet", "cr:recordSet", "ml:recordSet").list() {
		columns = append(columns, croissantFields(set.get("field", "cr:field", "ml:field"))...)
	}
	for _, m := range get("variableMeasured").list() {
		columns = append(columns, column{name: nameOf(m), description: m.get("description").languages()})
	}
	r.addColumns(columns, columnsFrom{"recordSet.field.name", "recordSet.field.dataType", "recordSet.field.description", "recordSet.field.dataType"})
	r.responsibleAI(v)
}

// schemaOrgRelease reads the files, the licence and what access costs.
func (r *record) schemaOrgRelease(get func(string) value) {
	var list []distribution
	for _, e := range get("distribution").list() {
		kind := e.get("@type").text()
		d := distribution{}
		for _, s := range e.get("encodingFormat", "sc:encodingFormat", "fileFormat").texts() {
			d.formats = append(d.formats, origin{"distribution.encodingFormat", s})
		}
		if s := e.get("contentUrl").text(); isAddress(s) && !strings.HasSuffix(kind, "FileSet") {
			d.downloadURL = origin{"distribution.contentUrl", s}
		}
		if s := e.get("sha256", "md5").text(); s != "" {
			d.checksum = origin{"distribution.sha256", s}
		}
		list = append(list, d)
	}
	var licences []origin
	for _, l := range get("license").list() {
		if s := l.text(); s != "" {
			licences = append(licences, origin{"license", s})
		} else if s := l.get("url", "name").text(); s != "" {
			licences = append(licences, origin{"license.url", s})
		}
	}
	r.distributions(list, licences)
	if free := get("isAccessibleForFree"); free.isTrue() {
		r.set("rights.fee", "free", origin{"isAccessibleForFree", free.text()})
	}
	if s := get("conditionsOfAccess").text(); access(s) != accessUnknown {
		r.access(s, "conditionsOfAccess", release{})
	}
}

// croissantFields are the columns of a record set, with those within others.
func croissantFields(fields value) []column {
	var out []column
	for _, f := range fields.list() {
		c := column{name: f.get("name", "@id").text(), description: f.get("description").languages()}
		for _, t := range f.get("dataType", "cr:dataType").texts() {
			if _, ok := columnType(t); ok && c.kind == "" {
				c.kind = t
			}
			c.meaning = append(c.meaning, t)
		}
		c.meaning = append(c.meaning, f.get("equivalentProperty").texts()...)
		out = append(out, c)
		for _, s := range croissantFields(f.get("subField")) {
			s.name = c.name + "/" + strings.TrimPrefix(s.name, c.name+"/")
			out = append(out, s)
		}
	}
	return out
}

// responsibleAI reads the statements of the RAI vocabulary. What they say about
// people is free text and may be that there are none.
func (r *record) responsibleAI(v value) {
	get := func(name string) string { return v.get("rai:"+name, name, "ml:"+name).text() }
	if s := get("personalSensitiveInformation"); s != "" {
		r.suggest("personalData.sourceRelatesToPersons", "yes", "statement", origin{"rai:personalSensitiveInformation", s})
	}
	if s := get("dataLimitations"); s != "" {
		r.set("quality.limitationsStatement", "yes", origin{"rai:dataLimitations", s})
	}
	if s := get("dataBiases"); s != "" {
		r.set("quality.collectionBias", "documented", origin{"rai:dataBiases", s})
	}
}

// nameOf is the name of something that is an object, a text or a list of them.
func nameOf(v value) string {
	for _, e := range v.list() {
		if s := e.get("name", "title", "@value", "value", "@id", "url").text(); s != "" {
			return s
		}
		if e.object() == nil {
			if s := e.text(); s != "" {
				return s
			}
		}
	}
	return ""
}
