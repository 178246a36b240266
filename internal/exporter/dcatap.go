package exporter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// object is a node or a value of JSON-LD.
type object = map[string]any

// DCATAP writes a descriptor as a dataset of DCAT-AP 3 in JSON-LD, with the
// properties of DCAT-AP HVD where they apply. missing tells what the record
// lacks; it can be read without, but a portal may not take it.
//
// Licence and formats belong to distributions, and a distribution has to have an
// address. Without one the record has none, and the licence is written for the
// dataset.
func DCATAP(c *checklist.Catalogue, d *descriptor.Dataset, o Options) (data []byte, missing []descriptor.Problem, err error) {
	e := &dcatExport{catalogue: c, d: d, options: o, highValue: isHighValue(d)}
	record := e.dataset()
	record["@context"] = prefixes()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(record); err != nil {
		return nil, nil, fmt.Errorf("dcat-ap: %w", err)
	}
	return b.Bytes(), e.missing, nil
}

// prefixes declares the prefixes. It is in the record, so that nobody has to
// fetch one.
func prefixes() object {
	return object{
		"adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#", "dcatap": "http://data.europa.eu/r5r/",
		"dct": "http://purl.org/dc/terms/", "eli": "http://data.europa.eu/eli/ontology#", "foaf": "http://xmlns.com/foaf/0.1/",
		"prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#",
		"vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
	}
}

type dcatExport struct {
	catalogue *checklist.Catalogue
	d         *descriptor.Dataset
	options   Options
	highValue bool
	missing   gaps
}

func (e *dcatExport) dataset() object {
	s := &e.d.Dataset
	n := object{"@type": "dcat:Dataset"}
	e.identity(n)
	put(n, "dct:title", inLanguages(s.Title))
	put(n, "dct:description", inLanguages(s.Description))
	if len(s.Title) == 0 {
		e.missing.add(codeTitle, "dataset.title")
	}
	if len(s.Description) == 0 {
		e.missing.add(codeDescription, "dataset.description")
	}
	e.parties(n)
	var themes []any
	for _, t := range known(s.Theme) {
		themes = append(themes, e.concept(authority+"data-theme/"+t, "dataset.theme", t))
	}
	put(n, "dcat:theme", themes)
	put(n, "dcat:keyword", anys(known(s.Keyword)))
	var spoken []any
	for _, l := range known(s.Language) {
		if code, ok := languages[l]; ok {
			spoken = append(spoken, typed(authority+"language/"+code, "dct:LinguisticSystem"))
		}
	}
	put(n, "dct:language", spoken)
	e.coverage(n)
	if f := text(s.AccrualPeriodicity); f != "" {
		n["dct:accrualPeriodicity"] = typed(authority+"frequency/"+f, "dct:Frequency")
	}
	put(n, "dct:modified", dateValue(s.Modified))
	put(n, "dcatap:applicableLegislation", e.legislation())
	if e.highValue {
		e.category(n)
	}
	if a, ok := accessRights[text(e.d.Release.Mode)]; ok {
		n["dct:accessRights"] = typed(authority+"access-right/"+a, "dct:RightsStatement")
	}
	var standards []any
	for _, a := range known(e.d.Release.ConformsTo) {
		standards = append(standards, typed(a, "dct:Standard"))
	}
	put(n, "dct:conformsTo", standards)
	if isAddress(e.options.LandingPage) {
		n["dcat:landingPage"] = typed(e.options.LandingPage, "foaf:Document")
	}
	e.sources(n)
	e.distributions(n)
	return n
}

// identity gives the dataset its address: the identifier, if it is one, or what
// the city puts before it.
func (e *dcatExport) identity(n object) {
	id := text(e.d.Dataset.Identifier)
	put(n, "dct:identifier", id)
	switch {
	case isAddress(id):
		n["@id"] = id
	case isAddress(e.options.Base) && id != "":
		n["@id"] = e.options.Base + url.PathEscape(id)
	default:
		e.missing.add(codeIdentifier, "dataset.identifier")
	}
}

func (e *dcatExport) parties(n object) {
	s := &e.d.Dataset
	name, id := text(s.Publisher.Name), text(s.Publisher.Identifier)
	if name == "" {
		e.missing.add(codePublisher, "dataset.publisher.name")
	} else {
		p := object{"@type": "foaf:Agent", "foaf:name": name}
		if isAddress(id) {
			p["@id"] = id
		} else {
			put(p, "dct:identifier", id)
		}
		n["dct:publisher"] = p
	}
	if email := text(s.ContactPoint.Email); email != "" {
		contact := object{"@type": "vcard:Kind", "vcard:hasEmail": object{"@id": "mailto:" + email}}
		put(contact, "vcard:fn", name)
		n["dcat:contactPoint"] = contact
	} else if e.highValue {
		e.missing.add(codeContact, "dataset.contactPoint.email")
	}
}

func (e *dcatExport) coverage(n object) {
	s := &e.d.Dataset
	if place := text(s.SpatialCoverage); isAddress(place) {
		n["dct:spatial"] = typed(place, "dct:Location")
	} else if place != "" {
		n["dct:spatial"] = object{"@type": "dct:Location", "skos:prefLabel": place}
	}
	period := object{}
	put(period, "dcat:startDate", dateValue(s.TemporalStart))
	put(period, "dcat:endDate", dateValue(s.TemporalEnd))
	if len(period) > 0 {
		period["@type"] = "dct:PeriodOfTime"
		n["dct:temporal"] = period
	}
	if r := e.d.Spatial.ResolutionM; r != nil && !r.Unknown {
		n["dcat:spatialResolutionInMeters"] = object{"@value": strconv.FormatFloat(r.Value, 'f', -1, 64), "@type": "xsd:decimal"}
	}
}

// legislation are the acts that ask for the publication.
func (e *dcatExport) legislation() []any {
	acts := known(e.d.Dataset.ApplicableLegislation)
	if e.highValue && !slices.Contains(acts, hvdAct) {
		acts = append(acts, hvdAct)
	}
	var out []any
	for _, a := range acts {
		if isAddress(a) {
			out = append(out, typed(a, "eli:LegalResource"))
		}
	}
	return out
}

func (e *dcatExport) category(n object) {
	category := text(e.d.Dataset.HvdCategory)
	code, ok := hvdCategories[category]
	if !ok {
		e.missing.add(codeCategory, "dataset.hvdCategory")
		return
	}
	n["dcatap:hvdCategory"] = e.concept(hvdList+code, "dataset.hvdCategory", category)
}

// sources name where the data were taken from, as many licences ask for.
func (e *dcatExport) sources(n object) {
	var out []any
	for _, s := range e.d.Rights.ThirdPartySources {
		name := text(s.Name)
		if name == "" {
			continue
		}
		source := object{"@type": "prov:Entity", "dct:title": name}
		if l := text(s.Licence); l != "" {
			source["dct:license"] = object{"@type": "dct:LicenseDocument", "dct:title": l}
		}
		out = append(out, source)
	}
	put(n, "prov:wasDerivedFrom", out)
}

// distributions describe the files, one for each format, and the interface.
func (e *dcatExport) distributions(n object) {
	r := &e.d.Release
	licence, hasLicence := licences[text(e.d.Rights.Licence)]
	if l := text(e.d.Rights.Licence); !hasLicence && l != "none" {
		e.missing.add(codeLicence, "rights.licence")
	}
	var out []any
	add := func(accessURL string) object {
		x := object{"@type": "dcat:Distribution", "dcat:accessURL": typed(accessURL, "rdfs:Resource")}
		if hasLicence {
			x["dct:license"] = typed(licence, "dct:LicenseDocument")
		}
		if a := text(r.Availability); a != "" {
			x["dcatap:availability"] = e.concept(authority+"planned-availability/"+a, "release.availability", a)
		}
		if e.highValue {
			x["dcatap:applicableLegislation"] = e.legislation()
		}
		out = append(out, x)
		return x
	}
	list := formats(e.d)
	if len(list) == 0 && isAddress(e.options.AccessURL) {
		add(e.options.AccessURL)
	}
	without := len(list) == 0 && !isAddress(e.options.AccessURL)
	for _, f := range list {
		download := e.options.Downloads[f]
		if !isAddress(download) {
			download = ""
		}
		accessURL := e.options.AccessURL
		if !isAddress(accessURL) {
			accessURL = download
		}
		if accessURL == "" {
			without = true
			continue
		}
		x := add(accessURL)
		put(x, "dct:title", f)
		if download != "" {
			x["dcat:downloadURL"] = typed(download, "rdfs:Resource")
		}
		e.format(x, f)
	}
	if without {
		e.missing.add(codeAddress, "release.formats")
	}
	if text(r.ApiExists) == "yes" {
		if isAddress(e.options.EndpointURL) {
			add(e.options.EndpointURL)["dcat:accessService"] = e.service(n, licence)
		} else {
			e.missing.add(codeEndpoint, "release.apiExists")
		}
	}
	if len(out) == 0 && hasLicence {
		n["dct:license"] = typed(licence, "dct:LicenseDocument")
	}
	put(n, "dcat:distribution", out)
}

func (e *dcatExport) format(x object, name string) {
	f, ok := fileFormats[name]
	if !ok {
		return
	}
	if f.fileType != "" {
		x["dct:format"] = typed(authority+"file-type/"+f.fileType, "dct:MediaTypeOrExtent")
	} else {
		x["dct:format"] = object{"@type": "dct:MediaTypeOrExtent", "rdfs:label": name}
	}
	if f.mediaType != "" {
		x["dcat:mediaType"] = typed(mediaTypes+f.mediaType, "dct:MediaType")
	}
}

// service describes the interface, with what the dataset has in common with it.
func (e *dcatExport) service(n object, licence string) object {
	s := object{"@type": "dcat:DataService", "dcat:endpointURL": typed(e.options.EndpointURL, "rdfs:Resource"), "@id": e.options.EndpointURL + "#service"}
	put(s, "dct:title", inLanguages(e.d.Dataset.Title))
	for _, p := range []string{"dct:publisher", "dcat:contactPoint", "dcatap:hvdCategory", "dcatap:applicableLegislation", "dct:accessRights"} {
		if v, ok := n[p]; ok {
			s[p] = v
		}
	}
	if licence != "" {
		s["dct:license"] = typed(licence, "dct:LicenseDocument")
	}
	if isAddress(e.options.EndpointDescription) {
		s["dcat:endpointDescription"] = typed(e.options.EndpointDescription, "rdfs:Resource")
		s["foaf:page"] = typed(e.options.EndpointDescription, "foaf:Document")
	}
	return s
}

// concept is a term of a code list with what it is called.
func (e *dcatExport) concept(iri, path, value string) object {
	n := typed(iri, "skos:Concept")
	put(n, "skos:prefLabel", inLanguages(label(e.catalogue, path, value)))
	return n
}

func typed(iri, class string) object { return object{"@id": iri, "@type": class} }

// inLanguages are texts with their languages, in the order of the codes.
func inLanguages[T ~map[string]string](texts T) []any {
	var out []any
	for _, l := range slices.Sorted(maps.Keys(texts)) {
		switch {
		case texts[l] == "":
		case l == "und":
			out = append(out, texts[l])
		default:
			out = append(out, object{"@value": texts[l], "@language": l})
		}
	}
	return out
}

// dateValue is a day, or nil if it is not known.
func dateValue(p *string) any {
	if d := text(p); d != "" {
		return object{"@value": d, "@type": "xsd:date"}
	}
	return nil
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// put sets a property, unless there is nothing to say.
func put(n object, property string, v any) {
	switch v := v.(type) {
	case nil:
		return
	case string:
		if v == "" {
			return
		}
	case []any:
		switch len(v) {
		case 0:
			return
		case 1:
			n[property] = v[0]
			return
		}
	}
	n[property] = v
}
